export default function Home() {
  return (
    <main className="p-4">
      <h1 className="font-display text-52 font-semibold">At Least Once</h1>
    </main>
  )
}
