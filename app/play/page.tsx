import type { Metadata } from 'next'
import { Playground } from '@/components/playground/playground'

export const metadata: Metadata = {
  title: 'Playground',
  description: 'Run a scenario, inject faults, change settings, and see which guarantee holds.',
}

export default function Page() {
  return <Playground />
}
