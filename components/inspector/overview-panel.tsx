'use client'
// The run as a whole: what the scenario tells, its moments, its faults, what just happened, what holds.
import { useRunFields } from '../session/context'
import { useFaults } from '../session/views'
import { seconds } from '../session/words'
import { Guarantees } from '../structured/guarantees'
import { JustHappened } from '../structured/just-happened'
import { BoltIcon } from '../ui/icons'
import { Section } from '../ui/section'
import { Intents } from './fault-list'

export function OverviewPanel() {
  const { session } = useRunFields('session')
  const { title, summary } = session.scenario
  return (
    <>
      <h2 className="text-22 font-semibold tracking-[-0.012em]">{title}</h2>
      <p className="text-ink-2">{summary}</p>
      <Moments />
      <FaultStatuses />
      <Section title="What just happened">
        <JustHappened count={5} />
      </Section>
      <Section title="Guarantees">
        <Guarantees />
      </Section>
      <Section title="Make something happen">
        <p className="text-13 text-ink-3">
          Or select an actor or a message and press F for what can happen to it.
        </p>
        <Intents target="" />
      </Section>
    </>
  )
}

function Moments() {
  const { session, nowMs, seekTime } = useRunFields('session', 'nowMs', 'seekTime')
  const { moments } = session.scenario
  if (moments.length === 0) return null
  // A document has whole milliseconds, a run its fractions of them.
  const last = moments.findLastIndex(({ atMs }) => atMs <= Math.ceil(nowMs))
  return (
    <Section title="Moments">
      <ol>
        {moments.map((moment, index) => (
          <li key={`${moment.atMs} ${moment.title}`}>
            <button
              type="button"
              aria-current={index === last ? 'step' : undefined}
              onClick={() => seekTime(moment.atMs)}
              className={`grid w-full cursor-pointer grid-cols-[64px_1fr] py-[2px] text-left hover:underline ${index === last ? 'font-semibold text-accent' : ''}`}
            >
              <span className="font-mono text-13 leading-[24px] font-normal text-ink-3">
                {seconds(moment.atMs)}
              </span>
              <span>{moment.title}</span>
            </button>
            {index === last ? <p className="ml-8 text-ink-2">{moment.text}</p> : null}
          </li>
        ))}
      </ol>
    </Section>
  )
}

/** The faults the scenario plans, and those injected by hand: whether each has fired. */
export function FaultStatuses() {
  const faults = useFaults()
  const { seek, change } = useRunFields('seek', 'change')
  if (faults.length === 0) return null
  return (
    <Section title="Faults of this run">
      <ul>
        {faults.map(({ fault, title, anchor, fired, step, without }) => (
          <li
            key={`${fault} ${anchor} ${step}`}
            className="grid grid-cols-[24px_1fr] gap-1 py-[2px]"
          >
            <span className={fired ? '' : 'opacity-50'}>
              <BoltIcon />
            </span>
            <span>
              <span className="block leading-[20px]">{title}</span>
              <span className="block text-13 leading-[18px] text-ink-3">
                {anchor}: {fired ? 'fired' : 'has not fired'}
                {step === null ? null : (
                  <>
                    {' · '}
                    <button type="button" className="ui-link" onClick={() => seek(step)}>
                      show
                    </button>
                  </>
                )}
                {' · '}
                <button
                  type="button"
                  className="ui-link"
                  aria-label={`Take away: ${title}, ${anchor}`}
                  onClick={() => change(without.path, without.value)}
                >
                  take away
                </button>
              </span>
            </span>
          </li>
        ))}
      </ul>
    </Section>
  )
}
