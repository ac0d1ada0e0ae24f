/** The message with which the signer's window is given its port to the signer; it carries nothing else. */
export const SIGNER_PORT = 'signer.port';
