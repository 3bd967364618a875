'use client'
// The verdicts as a table: guarantee, verdict, and the moment it broke, which leads there.
import { VerdictMark, verdictInk } from '../checks/marks'
import { titleOf } from '../checks/names'
import { useOpenVerdict } from '../checks/verdict-chips'
import { useRun } from '../session/context'
import { useVerdicts } from '../session/views'
import { seconds } from '../session/words'
import { WhyButton } from '../why/why-button'

export function Guarantees() {
  const verdicts = useVerdicts()
  const session = useRun((run) => run.session)
  const open = useOpenVerdict()
  return (
    <table className="ui-table structured-guarantees">
      <thead>
        <tr>
          <th scope="col">
            <span className="sr-only">mark</span>
          </th>
          <th scope="col">guarantee</th>
          <th scope="col">verdict</th>
          <th scope="col">since</th>
        </tr>
      </thead>
      <tbody>
        {verdicts.map((verdict) => {
          const { step, invariant, detail } = verdict
          return (
            <tr key={invariant} title={detail}>
              <td>
                <VerdictMark verdict={verdict.verdict} />
              </td>
              <th scope="row">{titleOf(invariant)}</th>
              <td
                className={`whitespace-nowrap ${verdictInk[verdict.verdict]} ${step === null ? '' : 'font-semibold'}`}
              >
                {verdict.verdict}
              </td>
              <td className="whitespace-nowrap">
                {step === null ? null : (
                  <button
                    type="button"
                    className="ui-link font-mono font-normal"
                    onClick={() => open(verdict)}
                  >
                    <span className="sr-only">show where it broke, at </span>
                    {seconds(step < 1 ? 0 : session.step(step).timeMs)}
                  </button>
                )}
                {verdict.verdict === 'broken' ? (
                  <>
                    {' '}
                    <WhyButton verdict={verdict} />
                  </>
                ) : null}
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
