import '@fontsource-variable/inter/opsz.css'
import '@fontsource-variable/jetbrains-mono/index.css'
import './globals.css'
import type { Metadata, Viewport } from 'next'
import type { ReactNode } from 'react'

const description =
  'A simulator of event-driven systems in your browser: break a broker, a link or a consumer, and see which guarantee holds.'

export const metadata: Metadata = {
  title: { default: 'At Least Once', template: '%s · At Least Once' },
  description,
  openGraph: { title: 'At Least Once', description, type: 'website' },
}

export const viewport: Viewport = {
  colorScheme: 'light dark',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#F6F3EB' },
    { media: '(prefers-color-scheme: dark)', color: '#11141B' },
  ],
}

// Runs before the first paint: the reader's choice, else the system's. Storage may be forbidden
// (a private window, an embed in a foreign page); the system's choice stands then.
const setTheme = `(function () {
  var chosen = null
  try { chosen = localStorage.getItem('theme') } catch (e) {}
  var dark = matchMedia('(prefers-color-scheme: dark)').matches
  document.documentElement.dataset.theme =
    chosen === 'light' || chosen === 'dark' ? chosen : dark ? 'dark' : 'light'
})()`

export default function Layout({ children }: { readonly children: ReactNode }) {
  return (
    <html lang="en" suppressHydrationWarning>
      <head>
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: our own constant, nothing of a reader's in it */}
        <script dangerouslySetInnerHTML={{ __html: setTheme }} />
      </head>
      <body>{children}</body>
    </html>
  )
}
