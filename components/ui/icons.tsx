// Icons drawn by hand on a 20 by 20 field centred on the origin; they take the colour of their text.
import type { ReactNode } from 'react'

interface IconProps {
  readonly size?: number
  readonly children: ReactNode
}

function Icon({ size = 18, children }: IconProps) {
  return (
    <svg
      className="ui-icon"
      width={size}
      height={size}
      viewBox="-10 -10 20 20"
      aria-hidden="true"
      focusable="false"
    >
      {children}
    </svg>
  )
}

const solid = { fill: 'currentColor' } as const
const line = {
  fill: 'none',
  stroke: 'currentColor',
  strokeWidth: 1.75,
  strokeLinecap: 'round',
  strokeLinejoin: 'round',
} as const

type Sized = { readonly size?: number }

export const StepBackIcon = (props: Sized) => (
  <Icon {...props}>
    <path {...solid} d="M3 -6.5L-7 0L3 6.5Z" />
    <path {...line} d="M6.5 -6.5V6.5" />
  </Icon>
)

export const StepForwardIcon = (props: Sized) => (
  <Icon {...props}>
    <path {...solid} d="M-3 -6.5L7 0L-3 6.5Z" />
    <path {...line} d="M-6.5 -6.5V6.5" />
  </Icon>
)

export const PlayIcon = (props: Sized) => (
  <Icon {...props}>
    <path {...solid} d="M-4.5 -7L7 0L-4.5 7Z" />
  </Icon>
)

export const PauseIcon = (props: Sized) => (
  <Icon {...props}>
    <path {...solid} d="M-6 -6.5H-2V6.5H-6ZM2 -6.5H6V6.5H2Z" />
  </Icon>
)

export const StopIcon = (props: Sized) => (
  <Icon {...props}>
    <rect {...solid} x="-5.5" y="-5.5" width="11" height="11" rx="1" />
  </Icon>
)

export const RestartIcon = (props: Sized) => (
  <Icon {...props}>
    <path {...line} d="M-5.2 -4.2A6.5 6.5 0 1 1 -6.5 1.4M-6.5 -7.6V-3.4H-2.3" />
  </Icon>
)

export const CloseIcon = (props: Sized) => (
  <Icon {...props}>
    <path {...line} d="M-5 -5L5 5M5 -5L-5 5" />
  </Icon>
)

export const ChevronIcon = (props: Sized) => (
  <Icon {...props}>
    <path {...line} d="M-4.5 -2L0 2.5L4.5 -2" />
  </Icon>
)

export const ArrowIcon = (props: Sized) => (
  <Icon {...props}>
    <path {...line} d="M-7 0H6M1.5 -4.5L6 0L1.5 4.5" />
  </Icon>
)

export const ExternalIcon = (props: Sized) => (
  <Icon {...props}>
    <path {...line} d="M-1 -6H-6V6H6V1M2 -6.5H6.5V-2M6 -6L-0.5 0.5" />
  </Icon>
)

/** There and back: what is handed from one to another. */
export const SwapIcon = (props: Sized) => (
  <Icon {...props}>
    <path {...line} d="M-8 -4H7M3 -8L7 -4L3 0M8 5H-7M-3 1L-7 5L-3 9" />
  </Icon>
)

export const PlusIcon = (props: Sized) => (
  <Icon {...props}>
    <path {...line} d="M-4.5 0H4.5M0 -4.5V4.5" />
  </Icon>
)

export const MinusIcon = (props: Sized) => (
  <Icon {...props}>
    <path {...line} d="M-4.5 0H4.5" />
  </Icon>
)

export const ForkIcon = (props: Sized) => (
  <Icon {...props}>
    <path
      {...line}
      d="M-4 -3.5V7M-4 3.5C-4 -1 5 1.5 5 -3.5M-4 -7.5A2 2 0 1 0 -4 -3.5A2 2 0 1 0 -4 -7.5M5 -7.5A2 2 0 1 0 5 -3.5A2 2 0 1 0 5 -7.5"
    />
  </Icon>
)

export const CheckIcon = (props: Sized) => (
  <Icon {...props}>
    <path {...line} d="M-5 .3L-1.6 3.8L5 -3.6" />
  </Icon>
)

export const SunIcon = (props: Sized) => (
  <Icon {...props}>
    <circle {...line} r="3.4" />
    <path
      {...line}
      d="M0 -8V-6.4M0 6.4V8M-8 0H-6.4M6.4 0H8M-5.7 -5.7L-4.6 -4.6M4.6 4.6L5.7 5.7M-5.7 5.7L-4.6 4.6M4.6 -4.6L5.7 -5.7"
    />
  </Icon>
)

export const MoonIcon = (props: Sized) => (
  <Icon {...props}>
    <path {...line} d="M2 -7A7.2 7.2 0 1 0 7 2A5.8 5.8 0 0 1 2 -7Z" />
  </Icon>
)

export const SystemIcon = (props: Sized) => (
  <Icon {...props}>
    <path {...line} d="M-7.5 -6H7.5V4H-7.5ZM-3 7.2H3" />
  </Icon>
)

export const MenuIcon = (props: Sized) => (
  <Icon {...props}>
    <path {...line} d="M-7 -5H7M-7 0H7M-7 5H7" />
  </Icon>
)

/** The bolt: a fault. Amber in both themes, outlined where amber alone is too light. */
export const BoltIcon = (props: Sized) => (
  <Icon {...props}>
    <path className="ui-bolt" transform="scale(1.05)" d={BOLT} />
  </Icon>
)

/** The same bolt in the colour of its text, for a button that is amber already. */
export const PlainBoltIcon = (props: Sized) => (
  <Icon {...props}>
    <path {...solid} transform="scale(1.05)" d={BOLT} />
  </Icon>
)

export const BOLT = 'M1.6 -8L-5 1.6H-0.6L-1.8 8L5 -2.2H0.5Z'
