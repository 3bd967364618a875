// A key of the keyboard.
export function Kbd({ children }: { readonly children: string }) {
  return (
    <kbd className="mr-0.5 inline-block rounded-1 border border-rule bg-surface px-[5px] font-mono text-13 leading-[18px] font-medium text-ink">
      {children}
    </kbd>
  )
}
