import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { bridge } from './bridge.ts';
import { connect } from './stores/connection.ts';
import { ConnectionProvider } from './stores/use-connection.tsx';

const root = document.querySelector('#window');
if (root === null) throw new Error('index.html has no #window.');

createRoot(root).render(
  <StrictMode>
    <ConnectionProvider connection={connect(bridge())}>
      <App />
    </ConnectionProvider>
  </StrictMode>,
);
