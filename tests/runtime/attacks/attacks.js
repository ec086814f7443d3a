// An Action that attacks. Each attack returns something true when it has got what it wanted.
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { inspect } = require('node:util');

const { parse, stringify } = JSON;
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

// What an event that may not come tells, or the error it brings.
const settled = (emitter, event) =>
  new Promise((resolve, reject) => {
    emitter.once('error', reject);
    emitter.once(event, () => resolve(true));
  });

const ATTACKS = {
  // Files of the person
  read_the_vault_key: (at) => fs.readFileSync(at.vault_key),
  read_with_promises: (at) => fs.promises.readFile(at.vault_key),
  read_with_a_stream: (at) => settled(fs.createReadStream(at.vault_key), 'data'),
  read_as_a_blob: async (at) => (await fs.openAsBlob(at.vault_key)).text(),
  read_the_tenant: (at) => fs.readFileSync(at.tenant_file),
  list_the_tenant: (at) => fs.readdirSync(path.dirname(at.tenant_file)),
  read_the_ssh_key: (at) => fs.readFileSync(at.ssh_key, 'utf8'),
  list_the_home_directory: (at) => fs.readdirSync(at.home),
  search_the_home_directory: (at) => fs.globSync('**/*', { cwd: at.home }).length,
  read_packages_of_another_action: (at) => fs.readFileSync(at.other_package, 'utf8'),
  require_packages_of_another_action: (at) => require(at.other_module),
  import_packages_of_another_action: (at) => import(at.other_module),
  require_a_file_as_data: (at) => require(at.tenant_file),
  read_the_directory_of_another_host: (at) => fs.readFileSync(at.other_host_file, 'utf8'),
  read_the_users: () => fs.readFileSync('/etc/passwd', 'utf8'),
  read_environment_of_the_parent: () => fs.readFileSync(`/proc/${process.ppid}/environ`),
  read_command_line_of_the_parent: () => fs.readFileSync(`/proc/${process.ppid}/cmdline`),
  read_as_a_buffer: (at) => fs.readFileSync(Buffer.from(at.vault_key)),
  read_as_an_address: (at) => fs.readFileSync(new URL(`file://${at.vault_key}`)),
  read_by_way_of_dots: (at) => fs.readFileSync(`${process.cwd()}/${'../'.repeat(30)}${at.vault_key}`),
  read_after_changing_directory: (at) => {
    process.chdir(path.dirname(at.vault_key));
    return fs.readFileSync(path.basename(at.vault_key));
  },
  read_through_a_symbolic_link: (at) => {
    fs.symlinkSync(at.vault_key, 'link');
    return fs.readFileSync('link');
  },
  read_through_a_hard_link: (at) => {
    fs.linkSync(at.vault_key, 'hard');
    return fs.readFileSync('hard');
  },
  copy_the_vault_key: (at) => {
    fs.copyFileSync(at.vault_key, 'copy');
    return fs.readFileSync('copy');
  },
  load_the_vault_key_as_settings: (at) => {
    process.loadEnvFile(at.vault_key);
    return true;
  },
  read_with_a_database: (at) => new (require('node:sqlite').DatabaseSync)(at.tenant_file, { readOnly: true }),
  watch_the_home_directory: (at) => fs.watch(at.home),
  read_with_the_inner_binding: (at) => process.binding('fs').open(at.vault_key, 0, 0),

  // Changes outside of the temporary directory
  write_beside_the_vault_key: (at) => fs.writeFileSync(`${at.vault_key}.new`, 'mine') ?? true,
  overwrite_the_vault_key: (at) => fs.writeFileSync(at.vault_key, 'mine') ?? true,
  append_to_the_tenant: (at) => fs.appendFileSync(at.tenant_file, 'mine') ?? true,
  cut_off_the_tenant: (at) => fs.truncateSync(at.tenant_file) ?? true,
  remove_the_tenant: (at) => fs.rmSync(at.tenant_file) ?? true,
  rename_the_tenant: (at) => fs.renameSync(at.tenant_file, 'stolen') ?? true,
  move_something_into_the_home_directory: (at) => {
    fs.writeFileSync('mine', '');
    return fs.renameSync('mine', path.join(at.home, 'mine')) ?? true;
  },
  write_through_a_symbolic_link: (at) => {
    fs.symlinkSync(path.join(at.home, 'written'), 'outwards');
    return fs.writeFileSync('outwards', 'mine') ?? true;
  },
  make_a_directory: (at) => fs.mkdirSync(path.join(at.home, 'made')) ?? true,
  write_into_the_shared_temporary_directory: () => fs.writeFileSync(`${os.tmpdir()}/../actionsmith-attack`, 'mine') ?? true,
  poison_the_program_of_the_host: (at) => fs.openSync(at.host_program, 'a'),
  poison_packages: (at) => fs.writeFileSync(`${at.own_package}.js`, 'mine') ?? true,
  open_a_way_to_the_vault_key: (at) => fs.chmodSync(at.vault_key, 0o666) ?? fs.statSync(at.vault_key).mode & 0o077,
  open_a_way_with_a_descriptor: (at) => {
    fs.fchmodSync(fs.openSync(at.own_package), 0o666);
    return fs.statSync(at.own_package).mode & 0o022;
  },
  give_the_vault_key_away: (at) => fs.chownSync(at.vault_key, 12345, 12345) ?? true,
  change_times_of_the_tenant: (at) => fs.utimesSync(at.tenant_file, 0, 0) ?? fs.statSync(at.tenant_file).mtimeMs === 0,
  write_a_report: (at) => process.report.writeReport(path.join(at.home, 'report.json')),
  write_a_heap_snapshot: (at) => require('node:v8').writeHeapSnapshot(path.join(at.home, 'heap.heapsnapshot')),

  // Programs and processes
  start_a_program: (at) => settled(require('node:child_process').spawn(at.program), 'spawn'),
  start_a_program_and_wait: (at) => require('node:child_process').execFileSync(at.program),
  start_a_shell: () => require('node:child_process').execSync('echo mine'),
  start_another_node: () => require('node:child_process').fork('x.js'),
  start_a_cluster: (at) => {
    const cluster = require('node:cluster');
    cluster.setupPrimary({ exec: at.program });
    return settled(cluster.fork(), 'online');
  },
  start_a_worker: () => settled(new (require('node:worker_threads').Worker)('', { eval: true }), 'online'),
  start_with_the_inner_binding: (at) =>
    process.binding('spawn_sync').spawn({ file: at.program, args: [at.program], stdio: [] }),
  start_with_the_inner_process: (at) => {
    const { Process } = process.binding('process_wrap');
    return new Process().spawn({ file: at.program, args: [at.program] }) === 0;
  },
  become_another_program: (at) => process.execve(at.program, [at.program], {}),
  become_node_again: () => process.execve(process.execPath, ['node', '-p', '1'], {}),
  load_native_code: (at) => process.dlopen({ exports: {} }, at.native_code) ?? true,
  load_native_code_with_a_database: (at) => {
    const { DatabaseSync } = require('node:sqlite');
    return new DatabaseSync(':memory:', { allowExtension: true }).loadExtension(at.native_code) ?? true;
  },
  start_a_sandbox: () => new (require('node:wasi').WASI)({ version: 'preview1', preopens: { '/': '/' } }),
  open_the_debugger: () => require('node:inspector').open(0) ?? true,

  // Other processes
  signal_the_parent: () => process.kill(process.ppid, 0),
  signal_a_bystander: (at) => process.kill(at.victim, 'SIGTERM'),
  signal_as_text: (at) => process.kill(`${at.victim}`, 'SIGTERM'),
  signal_below_the_surface: (at) => process._kill(at.victim, 15) === 0,
  signal_with_a_changed_identity: (at) => {
    Object.defineProperty(process, 'pid', { value: at.victim });
    return process.kill(at.victim, 'SIGTERM');
  },
  wake_the_debugger_of_a_bystander: (at) => process._debugProcess(at.victim) ?? true,
  slow_the_parent_down: () => os.setPriority(process.ppid, 19) ?? true,
  raise_its_own_rank: () => os.setPriority(0, -1) ?? true,
  write_a_huge_file: () => fs.writeFileSync('huge', '') ?? fs.truncateSync('huge', 8 * 2 ** 30) ?? true,
  speak_to_an_agent: (at) => settled(require('node:net').connect(at.agent), 'connect'),
  speak_to_an_abstract_agent: (at) => settled(require('node:net').connect(`\0${at.abstract_agent}`), 'connect'),
  listen_where_others_would: (at) => settled(require('node:net').createServer().listen(`${at.home}/mine`), 'listening'),
};

async function attempt(act, at) {
  try {
    const gained = await Promise.race([act(at), sleep(500)]);
    return gained ? `SUCCEEDED: ${inspect(gained).slice(0, 200)}` : 'refused: got nothing';
  } catch (error) {
    return `refused: ${error}`;
  }
}

exports.onExecutePostLogin = async (event) => {
  const at = parse(stringify(event.at));
  const home = process.cwd();
  for (const name of parse(stringify(event.names))) {
    process.chdir(home);
    console.log(stringify([name, await attempt(ATTACKS[name], at)]));
  }
};
