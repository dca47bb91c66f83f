import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const API = 'http://127.0.0.1:3180';

/**
 * Builds the client into client/dist. The output holds no inline script and nothing from another host, so that the server
 * can send a content security policy of `script-src 'self'`. In development `/api`, `/cds-services` and the socket go to
 * the server on its default port.
 */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    // Inlined assets would need `data:` in the policy; module preload needs no polyfill in the browsers we support.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    // React, the router, Mantine's base and the live connection: needed by every page, and served from this machine.
    chunkSizeWarningLimit: 700,
  },
  server: {
    host: '127.0.0.1',
    proxy: { '/api': API, '/cds-services': API, '/socket.io': { target: API, ws: true } },
  },
});
