'use client'
// Break it for me: bounds, figures and the counterexample at the left; at the right which settings hold.
import { useState } from 'react'
import { starterScenario } from '@/lib/scenario/catalogue'
import { FIRST } from '../session/keeping'
import { Notice } from '../ui/notice'
import { BoundsForm } from './bounds-form'
import { ExplorerProvider } from './context'
import { crewOf } from './crew'
import { ExplorerBar } from './explorer-bar'
import { Figures } from './figures'
import { Matrix } from './matrix'
import { useOpening } from './opening'
import { Result } from './result'
import { createExplorer, type ExplorerStore } from './store'

export function ExplorerPage() {
  const [store] = useState(firstExplorer)
  if (store === null) return <p className="p-3">The first scenario cannot be opened.</p>
  return (
    <ExplorerProvider store={store}>
      <Shell store={store} />
    </ExplorerProvider>
  )
}

function firstExplorer(): ExplorerStore | null {
  const scenario = starterScenario(FIRST)
  return scenario === null ? null : createExplorer(scenario, crewOf)
}

function Shell({ store }: { readonly store: ExplorerStore }) {
  const { refusal, close } = useOpening(store)
  return (
    <div className="explorer">
      <ExplorerBar />
      {refusal === '' ? null : <Notice tone="wrong" text={refusal} onClose={close} />}
      <main className="explorer-panes">
        <section aria-label="Search" className="explorer-left">
          <div>
            <h1 className="text-32 font-semibold tracking-[-0.018em]">Break it for me</h1>
            <p className="mt-0.5 text-ink-2">
              Tries every schedule and every fault, shortest first.
            </p>
            <BoundsForm />
            <Figures />
          </div>
          <Result />
        </section>
        <Matrix />
      </main>
    </div>
  )
}
