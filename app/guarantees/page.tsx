import type { Metadata } from 'next'
import { GuaranteesPage } from '@/components/guarantees/guarantees-page'
import matrix from '@/docs/guarantees.json'
import { sheetOf } from '@/lib/guarantees/sheet'
import type { Matrix } from '@/lib/guarantees/types'

export const metadata: Metadata = {
  title: 'Guarantees',
  description:
    'Which producer settings and handler strategies keep which guarantee: every cell searched, every breach to be played.',
}

export default function Page() {
  return <GuaranteesPage sheet={sheetOf(matrix as unknown as Matrix)} />
}
