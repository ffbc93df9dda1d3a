import type { ReactNode } from 'react';

/** A title in which one of these places, where it names one, is set as a place. */
export function TitleWithPlace(props: {
  readonly title: string;
  readonly places: readonly string[];
}): ReactNode {
  const { title, places } = props;
  // `~/.zshrc` is also the beginning of `~/.zshrc.local`.
  const place = places
    .filter((one) => one !== '' && title.includes(one))
    .reduce((longest, one) => (one.length > longest.length ? one : longest), '');
  if (place === '') return <bdi>{title}</bdi>;
  const at = title.indexOf(place);
  return (
    <bdi>
      {title.slice(0, at)}
      <bdi className="place">{place}</bdi>
      {title.slice(at + place.length)}
    </bdi>
  );
}
