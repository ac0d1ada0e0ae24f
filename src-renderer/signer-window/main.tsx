import '@fontsource-variable/inter/wght.css';
import '@fontsource-variable/jetbrains-mono/wght.css';
import '#renderer/ui/tokens.css';
import '#renderer/ui/base.css';
import '#renderer/ui/panel.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { signerApi } from './signer-api.ts';
import { SignerWindow } from './signer-window.tsx';

const root = document.getElementById('root');
if (root === null) throw new Error('signer.html has no #root');

createRoot(root).render(
  <StrictMode>
    <SignerWindow api={signerApi()} />
  </StrictMode>,
);
