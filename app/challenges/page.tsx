import type { Metadata } from 'next'
import { ChallengesPage } from '@/components/challenges/challenges-page'

export const metadata: Metadata = {
  title: 'Challenges',
  description:
    'Make a guarantee hold, break it with one fault, or name the cause: graded by search.',
}

export default function Page() {
  return <ChallengesPage />
}
