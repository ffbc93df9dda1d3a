/** Paths as text: the core has no path library, and Windows paths must be told apart on every system. */
export type PathStyle = 'posix' | 'win32';

export function isAbsolute(path: string, style: PathStyle): boolean {
  return style === 'posix' ? path.startsWith('/') : /^(?:[A-Za-z]:[\\/]|[\\/]{2})/.test(path);
}

/** Joins with the style's separator; an absolute `path` replaces the folder, as for the programs that read such settings. */
export function joinPath(style: PathStyle, folder: string, path: string): string {
  if (isAbsolute(path, style)) return path;
  const separator = style === 'posix' ? '/' : '\\';
  const base = folder.length > 1 ? withoutLastSeparators(folder, style) : folder;
  const rest = style === 'posix' ? path : path.replace(/\//g, '\\');
  return base === '/' ? `/${rest}` : `${base}${separator}${rest}`;
}

/** Not by a pattern: those look at a run of separators inside once for each of them, and settings name folders. */
function withoutLastSeparators(folder: string, style: PathStyle): string {
  let end = folder.length;
  while (end > 0 && (folder[end - 1] === '/' || (style === 'win32' && folder[end - 1] === '\\'))) end--;
  return folder.slice(0, end);
}

/** The folder itself and all above it, nearest first. */
export function ancestors(path: string, style: PathStyle): readonly string[] {
  const all = [path];
  let current = path;
  for (;;) {
    const cut =
      style === 'posix'
        ? current.lastIndexOf('/')
        : Math.max(current.lastIndexOf('\\'), current.lastIndexOf('/'));
    if (cut < 0) return all;
    const parent = cut === 0 ? '/' : current.slice(0, cut);
    const top = style === 'win32' && /^[A-Za-z]:$/.test(parent) ? `${parent}\\` : parent;
    if (top === current || top === all.at(-1)) return all;
    all.push(top);
    current = parent;
    if (parent === '/' || top !== parent) return all;
  }
}

export function parentFolder(path: string, style: PathStyle): string {
  return ancestors(path, style)[1] ?? path;
}
