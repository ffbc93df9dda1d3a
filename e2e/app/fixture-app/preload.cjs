const { contextBridge, ipcRenderer } = require('electron');

let refused;
try {
  require('fs');
} catch (error) {
  refused = error.message;
}

globalThis.ofPreload = 'only here';

contextBridge.exposeInMainWorld('claims', {
  ofPage: () => globalThis.ofPage,
  refused,
  versions: { node: process.versions.node },
  echo: (value) => ipcRenderer.invoke('echo', value),
  invoke: (channel, ...args) => ipcRenderer.invoke(channel, ...args),
  tell: (text) => ipcRenderer.send('tell', text),
  onNews: (listener) => {
    const handler = (_event, text) => listener(text);
    ipcRenderer.on('news', handler);
    return () => ipcRenderer.removeListener('news', handler);
  },
  shout: (text) => `${text}!`,
  fail: () => {
    throw new RangeError('too loud');
  },
  twice: (act) => [act(1), act(2)],
  nested: { list: [1, { deep: new Date(0) }], map: new Map([['a', 1]]) },
});
