// Real RabbitMQ, of more than one version at once: each from the Debian suite that carries it, unpacked into a
// folder of its own outside the project by debootstrap, and started from there.
import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { BrokerUnavailable } from '../cannot.ts'

/** Which suite carries which version of the model. */
export const SUITES = { '4.3': 'forky', '4.0': 'trixie' } as const
export type Version = keyof typeof SUITES

export interface Root {
  readonly folder: string
  readonly version: Version
  /** As the package has it, e.g. "4.3.6-1". */
  readonly release: string
}

function cacheFolder(): string {
  const base = process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache')
  return join(base, 'at-least-once', 'rabbitmq')
}

function run(command: string, args: readonly string[], seconds: number): string {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const done = spawnSync(command, args, { encoding: 'utf8', timeout: seconds * 1000, env })
  if (done.error !== undefined) throw new BrokerUnavailable(`${command}: ${done.error.message}`)
  const said = `${done.stdout}${done.stderr}`
  if (done.status === 0) return said
  throw new BrokerUnavailable(`${command} ended with ${done.status}: ${said.slice(-600)}`)
}

function ensureDebootstrap(): void {
  if (process.getuid?.() !== 0) {
    throw new BrokerUnavailable('Unpacking a Debian suite needs root (chroot), which this is not.')
  }
  if (spawnSync('debootstrap', ['--version']).status === 0) return
  run('apt-get', ['update'], 300)
  run('apt-get', ['install', '-y', '--no-install-recommends', 'debootstrap'], 300)
}

/** The mirror that this machine installs its own packages from. */
function mirror(): string {
  const format = ['indextargets', '--format', '$(REPO_URI)', 'Created-By: Packages']
  const found = run('apt-get', [...format, 'Origin: Debian'], 60)
    .trim()
    .split('\n')[0]
  if (found === undefined || found === '') throw new BrokerUnavailable('apt knows no Debian mirror')
  return found
}

/** Services are not to start inside the folder while it is made. */
const NO_SERVICES = '#!/bin/sh\nexit 101\n'

function unpack(suite: string, folder: string): void {
  ensureDebootstrap()
  const script = '/usr/share/debootstrap/scripts/sid'
  run('debootstrap', ['--variant=minbase', suite, folder, mirror(), script], 900)
  const policy = join(folder, 'usr/sbin/policy-rc.d')
  writeFileSync(policy, NO_SERVICES)
  chmodSync(policy, 0o755)
  // The mirror may be a snapshot, whose Release file has expired.
  const update = ['apt-get', '-o', 'Acquire::Check-Valid-Until=false', 'update']
  run('chroot', [folder, ...update], 300)
  // Minimal suites name no host at all, and a node looks for itself by name.
  writeFileSync(join(folder, 'etc/hosts'), '127.0.0.1 localhost\n')
  const install = ['apt-get', 'install', '-y', '--no-install-recommends', 'rabbitmq-server']
  run('chroot', [folder, ...install], 900)
}

/** Made once; a folder takes its name only when it is whole. */
export function ensureRoot(version: Version): Root {
  const suite = SUITES[version]
  const folder = join(cacheFolder(), suite)
  if (!existsSync(folder)) {
    const temporary = `${folder}.${process.pid}`
    mkdirSync(cacheFolder(), { recursive: true })
    try {
      unpack(suite, temporary)
      if (!existsSync(folder)) renameSync(temporary, folder)
    } finally {
      rmSync(temporary, { recursive: true, force: true })
    }
  }
  const listed = run('chroot', [folder, 'dpkg-query', '-W', 'rabbitmq-server'], 60)
  const release = listed.trim().split('\t')[1] ?? ''
  if (release.startsWith(version)) return { folder, version, release }
  throw new BrokerUnavailable(`${suite} carries RabbitMQ ${release}, not ${version}`)
}
