// Small drawings for the columns of the home page.
import { VerdictMark } from '../checks/marks'
import { BOLT } from '../ui/icons'
import { KeyShape, paint, shapePath } from '../ui/key-shape'

const trunk = { fill: 'none', stroke: 'var(--ink-2)', strokeWidth: 2 } as const

export function ForkArt() {
  return (
    <svg width="400" height="88" viewBox="0 0 400 88" className="max-w-full" aria-hidden="true">
      <path {...trunk} d="M8 44H120" />
      <path {...trunk} d="M120 44C150 44 140 16 172 16H312" />
      <path {...trunk} d="M120 44C150 44 140 72 172 72H312" />
      <Mini x={28} y={44} shape="circle" />
      <Mini x={58} y={44} shape="hexagon" />
      <Mini x={88} y={44} shape="diamond" />
      <circle cx="120" cy="44" r="6" fill="var(--accent)" />
      {[16, 72].map((y) => (
        <g key={y}>
          <path className="ui-bolt" transform={`translate(200,${y}) scale(1.2)`} d={BOLT} />
          <path
            transform={`translate(250,${y})`}
            d={shapePath('diamond', 10.6)}
            fill="none"
            stroke="var(--k-diamond-line)"
            strokeWidth={1.5}
          />
          <Mini x={250} y={y} shape="diamond" />
        </g>
      ))}
      <g transform="translate(302,6)">
        <VerdictMark verdict="broken" size={20} />
      </g>
      <g transform="translate(302,62)">
        <VerdictMark verdict="holds" size={20} />
      </g>
      <text x="332" y="21.4" fontSize={15} fontWeight={600} fill="var(--broken-ink)">
        twice
      </text>
      <text x="332" y="77.4" fontSize={15} fontWeight={600} fill="var(--hold-ink)">
        once
      </text>
    </svg>
  )
}

interface MiniProps {
  readonly x: number
  readonly y: number
  readonly shape: 'circle' | 'hexagon' | 'diamond'
}

function Mini({ x, y, shape }: MiniProps) {
  return (
    <path
      transform={`translate(${x},${y})`}
      d={shapePath(shape, 7)}
      strokeWidth={1.25}
      {...paint(shape)}
    />
  )
}

/** Three rows of a table as the structured view has them. */
export function TableArt() {
  const rows = [
    [0, 'order-41 created'],
    [3, 'order-42 created'],
    [2, 'order-43 created'],
  ] as const
  return (
    <div aria-hidden="true" className="max-w-[336px] border-t-[1.5px] border-ink text-ink-2">
      {rows.map(([shape, words], index) => (
        <p
          key={words}
          className="grid grid-cols-[40px_40px_1fr] border-b border-hair leading-[29px] last:border-b-0"
        >
          <span className="font-mono">{index}</span>
          <span>
            <KeyShape shape={shape} />
          </span>
          <span>{words}</span>
        </p>
      ))}
    </div>
  )
}
