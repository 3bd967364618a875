import type { Metadata } from 'next'
import { FidelityPage } from '@/components/fidelity/fidelity-page'
import fidelity from '@/docs/fidelity.json'
import type { Fidelity } from '@/lib/fidelity/types'

export const metadata: Metadata = {
  title: 'Fidelity',
  description: 'The same experiments on the model and on real brokers, and what differs.',
}

export default function Page() {
  return <FidelityPage all={fidelity as readonly Fidelity[]} />
}
