import type { Metadata } from 'next'
import { ExplorerPage } from '@/components/explorer/explorer-page'

export const metadata: Metadata = {
  title: 'Break it for me',
  description:
    'Tries every schedule and every fault of a scenario, shortest first, and shows the first that breaks a guarantee.',
}

export default function Page() {
  return <ExplorerPage />
}
