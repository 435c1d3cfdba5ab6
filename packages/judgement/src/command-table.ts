import type { Kind } from "./kind.ts";

/** A row: programs that mean something, with any arguments or with those that `args` finds (in all of them, joined by blanks). */
export interface CommandRow {
  readonly kind: Kind;
  readonly what: string;
  readonly programs: string;
  readonly args?: RegExp;
}

/** What is told by its arguments. Asked first; the first match wins. */
export const narrowCommands: readonly CommandRow[] = [
  { kind: "chore", what: "shell", programs: "conda mamba micromamba", args: /^(?:activate|deactivate|info|list)\b/u },
  {
    kind: "chore",
    what: "asks a tool for its version or help",
    programs: "*",
    args: /^(?:--?version|-V|version|--help|-h|help)$/u,
  },

  {
    kind: "chore",
    what: "asks a build tool, or stops or cleans it",
    programs: "gradle gradlew bazel bazelisk sbt mill xcodebuild mvn mvnw ninja hugo cargo",
    args: /^(?:-\S+ )*(?:--stop|--status|shutdown|clean(?: -\S+)*$|info|query|cquery|aquery|dump|tasks|metadata|tree|--list|-list|-version|-showsdks|-showdestinations|-showBuildSettings|-downloadPlatform|-downloadAllPlatforms|-runFirstLaunch|-resolvePackageDependencies|-t )/u,
  },

  {
    kind: "chore",
    what: "asks what would be built or tested",
    programs: "*",
    args: /(?:^| )-print-|(?:^| )-dump(?:version|machine)\b|--print-build-identifiers|--collect-only|\bhelp:evaluate\b|\bbake\b.* --print\b|--list-tests\b|--listTests\b|--dry-run\b|^properties\b/u,
  },

  // Advisory: they report what the world did, not what the change did.
  {
    kind: "advisory",
    what: "an audit of dependencies",
    programs: "npm yarn pnpm bun composer bundle cargo",
    args: /^(?:\S+ )?(?:audit|outdated|deny|vet)\b/u,
  },
  {
    kind: "advisory",
    what: "a scan for vulnerabilities",
    programs:
      "pip-audit safety bundle-audit bundler-audit govulncheck trivy grype snyk osv-scanner dependency-check semgrep bandit gosec gitleaks trufflehog scorecard cargo-audit cargo-deny",
  },
  {
    kind: "advisory",
    what: "a link check",
    programs: "lychee markdown-link-check linkchecker linkinator muffet awesome_bot htmlproofer blc",
  },
  { kind: "advisory", what: "a benchmark", programs: "hyperfine asv k6 locust wrk bencher codspeed" },
  {
    kind: "advisory",
    what: "a benchmark",
    programs: "cargo go pytest",
    args: /^bench\b|--benchmark-only|(?:^| )-bench\b/u,
  },
  { kind: "advisory", what: "fuzzing", programs: "cargo go", args: /^(?:\+\S+ )?fuzz\b|(?:^| )-fuzz\b/u },
  { kind: "advisory", what: "a nightly toolchain", programs: "cargo rustc", args: /^\+(?:nightly|beta)/u },

  // Best effort: reports, coverage, notes to people, cleaning.
  { kind: "best-effort", what: "merges or shows reports", programs: "*", args: /--merge-reports|\bmerge-reports\b/u },
  {
    kind: "best-effort",
    what: "coverage figures",
    programs: "codecov codecovcli coveralls gcovr lcov genhtml grcov gcov goveralls fastcov",
  },
  {
    kind: "best-effort",
    what: "coverage figures",
    programs: "coverage nyc c8",
    args: /^(?:report|xml|html|json|lcov|combine|erase)\b/u,
  },
  { kind: "best-effort", what: "coverage figures", programs: "cargo", args: /^llvm-cov report\b/u },
  { kind: "best-effort", what: "cache statistics", programs: "sccache ccache actions-cache" },
  { kind: "best-effort", what: "an SBOM", programs: "syft cyclonedx cyclonedx-py cyclonedx-npm" },
  { kind: "critical", what: "a release", programs: "gh glab", args: /^release (?:create|upload|edit)\b/u },
  { kind: "best-effort", what: "a note on GitHub", programs: "gh glab hub", args: /./u },
  {
    kind: "best-effort",
    what: "commits, which fails when nothing changed",
    programs: "git",
    args: /^(?:-\S+ (?:\S+ )?)*commit\b/u,
  },
  {
    kind: "chore",
    what: "looks at or stops containers",
    programs: "docker podman docker-compose nerdctl",
    args: /^(?:compose )?(?:logs|ps|rm|rmi|stop|kill|images?|info|inspect|system|container|volume|network|builder|down|stats|events|context|save|load|tag|cp|manifest inspect)\b/u,
  },
  {
    kind: "chore",
    what: "looks at or removes what was set up",
    programs: "kubectl helm kind k3d minikube oc flux",
    args: /(?<!-)\b(?:logs|get|describe|delete|export|top|events|version|cluster-info|list|status|uninstall|stop)\b/u,
  },
  {
    kind: "chore",
    what: "looks at or removes what was set up",
    programs: "terraform gcloud az aws doctl",
    args: /(?<!-)\b(?:delete|destroy|describe|list|show|output|rm|ls|terminate-instances|deallocate)\b|\bdescribe-|\bdelete-/u,
  },

  // Deliveries: what they are worth depends on where they stand.
  { kind: "delivery", what: "pushes an image", programs: "*", args: /\bdocker[ :]push\b|(?:^|:)docker:push/u },
  {
    kind: "delivery",
    what: "pushes an image",
    programs: "docker podman buildah crane skopeo nerdctl oras",
    args: /^(?:compose |image |manifest )?(?:push|copy)\b/u,
  },
  {
    kind: "delivery",
    what: "copies files to a server",
    programs: "aws gcloud gsutil azcopy rclone rsync scp s3cmd mc hf huggingface-cli lftp",
    args: /\b(?:cp|sync|mv|upload|rsync|copy|put)\b|:|\S+ \S+/u,
  },
  { kind: "delivery", what: "pushes commits", programs: "git", args: /^(?:-\S+ (?:\S+ )?)*push\b/u },
];

/** What is told by the program. Asked last, after the critical commands. */
export const broadCommands: readonly CommandRow[] = [
  // What needs these fails on its own when they are missing.
  {
    kind: "prepare",
    what: "installs packages",
    programs:
      "pip pip3 pipx conda mamba micromamba apt apt-get aptitude dnf yum apk brew choco winget scoop pacman zypper snap gem rustup nvm fnm pyenv rbenv asdf mise volta corepack sdk sdkmanager ensurepip virtualenv venv port opam install-module install-package",
  },
  {
    kind: "prepare",
    what: "installs packages",
    programs: "uv",
    args: /^(?:pip|venv|sync|lock|python|tool install|cache|add)\b/u,
  },
  {
    kind: "prepare",
    what: "installs packages",
    programs: "npm pnpm yarn bun",
    args: /^(?:-\S+ )*(?:ci|i|install|add|config|set|cache|link|login|update|up|init|create|version|pkg|store|setup)\b|^(?:--?\S+ ?)*$/u,
  },
  {
    kind: "prepare",
    what: "installs packages",
    programs:
      "poetry pdm pipenv rye hatch composer bundle bundler dotnet go cargo mix flutter dart pod carthage swift nuget luarocks cpanm",
    args: /^(?:-\S+ )*(?:install|sync|update|lock|restore|tool|config|add|mod|get|deps|deps\.get|pub|fetch|login|workload|env|self|require|binstall|new|init|clean|cache|dev-certs|nuget (?:add|locals)|resolve|package resolve|global)\b/u,
  },
  {
    kind: "prepare",
    what: "fetches sources or files",
    programs: "git svn hg wget curl tar unzip 7z gunzip jq yq git-lfs repo",
  },
  {
    kind: "prepare",
    what: "signs in or configures",
    programs: "aws gcloud az docker podman helm gpg ssh-keyscan ssh-add ssh-agent ssh-keygen security",
    args: /./u,
  },
  {
    kind: "prepare",
    what: "sets the machine up",
    programs:
      "systemctl service sysctl modprobe mount swapoff swapon ldconfig update-alternatives defaults launchctl net sc reg powershell-yaml adduser useradd usermod groupadd locale-gen setenforce iptables ip ifconfig",
  },
  {
    kind: "chore",
    what: "looks around, moves files or cleans up",
    programs:
      "rm mkdir rmdir cp mv ls cat df free du find chmod chown ln touch zip head tail less wc sort uniq tr cut tee diff stat file md5sum sha256sum sha512sum base64 grep egrep rg sed awk xz gzip bzip2 ps kill pkill killall lsof top uname hostname whoami id lscpu lsblk lspci env printenv date sleep wait which type whereis tree sync dmesg journalctl nvidia-smi rocm-smi rocminfo xcrun sw_vers system_profiler dd truncate basename dirname realpath readlink seq yes nproc getconf ulimit umask mktemp lsb_release get-childitem get-content copy-item move-item remove-item new-item test-path write-host write-output join-path out-file set-content add-content select-object where-object foreach-object dir del copy move xcopy robocopy ren md",
  },
  {
    kind: "chore",
    what: "shell",
    programs:
      "if then else elif while until do ! { time set cd export source . unset shift read readarray mapfile local declare typeset readonly trap pushd popd shopt let hash alias return break continue true : echo printf exit for case esac in fi done select function [ [[ test ]] ]] } ] test-connection import-module start-sleep setlocal endlocal exit-pssession activate vcvarsall vcvars64 print log write-error write-warning write-verbose get-date refreshenv",
  },
];
