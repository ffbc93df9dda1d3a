'use strict';
window.claims.onNews((text) => (document.querySelector('#news').textContent = text));
window.claims.echo('from the page').then(({ value, from }) => {
  document.querySelector('#answer').textContent = `${value} at ${from}`;
});
