// The whole product is static files: no server, no telemetry, no calls home.
// To serve it below a path (https://host/at-least-once/), build with BASE_PATH=/at-least-once.
const basePath = process.env.BASE_PATH ?? ''

/** @type {import('next').NextConfig} */
export default {
  output: 'export',
  trailingSlash: true,
  reactStrictMode: true,
  devIndicators: false,
  images: { unoptimized: true },
  ...(basePath === '' ? {} : { basePath }),
  env: { NEXT_PUBLIC_BASE_PATH: basePath },
  // Types are a stage of their own in `npm test`; checking them twice only costs time.
  typescript: { ignoreBuildErrors: true },
  // TypeScript 7 has no in-process API; Next asks its command line instead.
  experimental: { useTypeScriptCli: true },
}
