#define _GNU_SOURCE
#include "sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__x86_64__)
#define OWN_ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define OWN_ARCHITECTURE AUDIT_ARCH_AARCH64
#endif

// Calls that the headers of the oldest supported system lack. From 424 on a call has one number on all architectures.
#ifndef __NR_fchmodat2
#define __NR_fchmodat2 452
#endif

// The last call that was looked at for this list (mseal, Linux 6.10). Later ones are answered as an older kernel would:
// one of them may open a way that is closed here, as setxattrat (463) does.
#define LAST_KNOWN_CALL 462

#ifdef OWN_ARCHITECTURE

// Refused with EPERM whatever the arguments are. Names that an architecture lacks are left out below.
static const int refused_calls[] = {
  // The network, and sockets to other processes here. Pipes and sockets that are open are read and written as ever.
  __NR_socket, __NR_socketpair, __NR_connect, __NR_bind, __NR_listen, __NR_accept, __NR_accept4, __NR_sendto,
  __NR_sendmsg, __NR_sendmmsg, __NR_recvfrom, __NR_recvmsg, __NR_recvmmsg, __NR_setsockopt, __NR_shutdown,
  // Other programs and other processes.
  __NR_execve, __NR_execveat, __NR_ptrace, __NR_process_vm_readv, __NR_process_vm_writev, __NR_process_madvise,
  __NR_process_mrelease, __NR_pidfd_open, __NR_pidfd_getfd, __NR_pidfd_send_signal, __NR_kcmp, __NR_tkill,
  __NR_setpriority, __NR_ioprio_set, __NR_sched_setscheduler, __NR_sched_setparam, __NR_sched_setattr,
  __NR_migrate_pages, __NR_move_pages, __NR_setpgid, __NR_setsid,
  // Memory and queues shared with other processes.
  __NR_shmget, __NR_shmat, __NR_shmctl, __NR_semget, __NR_semop, __NR_semtimedop, __NR_semctl, __NR_msgget, __NR_msgsnd,
  __NR_msgrcv, __NR_msgctl, __NR_mq_open, __NR_mq_unlink,
  // Names, contents, permissions and times of files.
  __NR_unlinkat, __NR_renameat2, __NR_mkdirat, __NR_mknodat, __NR_linkat, __NR_symlinkat, __NR_truncate, __NR_ftruncate,
  __NR_fallocate, __NR_fchmod, __NR_fchmodat, __NR_fchmodat2, __NR_fchown, __NR_fchownat, __NR_utimensat, __NR_setxattr,
  __NR_lsetxattr, __NR_fsetxattr, __NR_removexattr, __NR_lremovexattr, __NR_fremovexattr, __NR_open_by_handle_at,
  __NR_name_to_handle_at, __NR_fanotify_init,
  // A shared lock needs no right to write, and holds up those who want to.
  __NR_flock,
  // Mounts, name spaces, identities.
  __NR_mount, __NR_umount2, __NR_pivot_root, __NR_chroot, __NR_move_mount, __NR_open_tree, __NR_fsopen, __NR_fsconfig,
  __NR_fsmount, __NR_fspick, __NR_mount_setattr, __NR_unshare, __NR_setns, __NR_setuid, __NR_setgid, __NR_setreuid,
  __NR_setregid, __NR_setresuid, __NR_setresgid, __NR_setgroups, __NR_setfsuid, __NR_setfsgid, __NR_capset,
  // The kernel itself: what was most often the way out of other sandboxes.
  __NR_bpf, __NR_keyctl, __NR_add_key, __NR_request_key, __NR_userfaultfd, __NR_perf_event_open, __NR_io_uring_setup,
  __NR_io_uring_enter, __NR_io_uring_register, __NR_io_setup, __NR_io_submit, __NR_init_module, __NR_finit_module,
  __NR_delete_module, __NR_kexec_load, __NR_reboot, __NR_swapon, __NR_swapoff, __NR_syslog, __NR_acct, __NR_quotactl,
  __NR_quotactl_fd, __NR_personality, __NR_sethostname, __NR_setdomainname, __NR_settimeofday, __NR_clock_settime,
  __NR_clock_adjtime, __NR_adjtimex, __NR_vhangup,
#ifdef __NR_kexec_file_load
  __NR_kexec_file_load,
#endif
#ifdef __NR_lookup_dcookie
  __NR_lookup_dcookie,
#endif
#ifdef __NR_renameat
  __NR_renameat,
#endif
#ifdef __x86_64__
  // Older forms, which later architectures left out.
  __NR_creat, __NR_unlink, __NR_rmdir, __NR_rename, __NR_mkdir, __NR_mknod, __NR_link, __NR_symlink, __NR_chmod,
  __NR_chown, __NR_lchown, __NR_utime, __NR_utimes, __NR_futimesat, __NR_vfork, __NR_fork, __NR_modify_ldt,
  __NR_iopl, __NR_ioperm, __NR_uselib,
#endif
};

// Needs no write access, and yet harms: locks and leases hold other programs up, owners get signals.
static const int refused_fcntl[] = {
  F_SETLK, F_SETLKW, F_OFD_SETLK, F_OFD_SETLKW, F_SETLEASE, F_NOTIFY, F_SETOWN, F_SETOWN_EX, F_SETSIG,
};

// What libraries ask of files and pipes. Others change attributes of files that are open for reading alone
// (FS_IOC_SETFLAGS), or type into the terminal (TIOCSTI).
static const int allowed_ioctl[] = {TCGETS, TIOCGWINSZ, FIONREAD, FIONBIO, FIOCLEX, FIONCLEX};

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

// A program in the kernel's classic BPF (seccomp(2), linux/filter.h), made a rule at a time. In front of each rule the
// number of the call is in the accumulator; a rule that is about this call decides, any other passes it on.
typedef struct {
  struct sock_filter code[640];
  size_t count;
} Program;

static void emit(Program *program, uint16_t code, uint32_t value, uint8_t if_true, uint8_t if_false) {
  if (program->count < COUNT(program->code)) {
    program->code[program->count] = (struct sock_filter)BPF_JUMP(code, value, if_true, if_false);
  }
  program->count++;
}

static void answer(Program *program, uint32_t action) { emit(program, BPF_RET | BPF_K, action, 0, 0); }

static void load(Program *program, size_t offset) { emit(program, BPF_LD | BPF_W | BPF_ABS, (uint32_t)offset, 0, 0); }

// The lower half of an argument (both architectures are little-endian); the kernel reads no more of those used here.
static void load_argument(Program *program, int index) {
  load(program, offsetof(struct seccomp_data, args) + (size_t)index * sizeof(uint64_t));
}

static const uint32_t refusal = SECCOMP_RET_ERRNO | EPERM;
static const uint32_t absence = SECCOMP_RET_ERRNO | ENOSYS;

static void answer_always(Program *program, int call, uint32_t action) {
  emit(program, BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)call, 0, 1);
  answer(program, action);
}

// Refused where the argument has one of these bits.
static void refuse_bits(Program *program, int call, int argument, uint32_t bits) {
  emit(program, BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)call, 0, 4);
  load_argument(program, argument);
  emit(program, BPF_JMP | BPF_JSET | BPF_K, bits, 0, 1);
  answer(program, refusal);
  answer(program, SECCOMP_RET_ALLOW);
}

// `listed` where the argument is one of the values, `other` where it is not.
static void decide(Program *program, int call, int argument, const int *values, size_t count, uint32_t listed,
                   uint32_t other) {
  emit(program, BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)call, 0, (uint8_t)(2 * count + 2));
  load_argument(program, argument);
  for (size_t i = 0; i < count; i++) {
    emit(program, BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)values[i], 0, 1);
    answer(program, listed);
  }
  answer(program, other);
}

static void make_program(Program *program) {
  // Numbers mean other calls in another architecture's mode (32-bit on x86-64): nobody who means well changes it.
  load(program, offsetof(struct seccomp_data, arch));
  emit(program, BPF_JMP | BPF_JEQ | BPF_K, OWN_ARCHITECTURE, 1, 0);
  answer(program, SECCOMP_RET_KILL_PROCESS);
  load(program, offsetof(struct seccomp_data, nr));
  // Also x86-64's x32 numbers, which begin far above.
  emit(program, BPF_JMP | BPF_JGT | BPF_K, LAST_KNOWN_CALL, 0, 1);
  answer(program, absence);

  for (size_t i = 0; i < COUNT(refused_calls); i++) answer_always(program, refused_calls[i], refusal);

  // Their flags stand in memory, where a filter can't look; callers fall back on the older forms.
  answer_always(program, __NR_openat2, absence);
  answer_always(program, __NR_clone3, absence);

  const uint32_t writing = O_WRONLY | O_RDWR | O_CREAT | O_TRUNC | (O_TMPFILE & ~O_DIRECTORY);
  refuse_bits(program, __NR_openat, 2, writing);
#ifdef __NR_open
  refuse_bits(program, __NR_open, 1, writing);
#endif

  // Threads, no processes.
  emit(program, BPF_JMP | BPF_JEQ | BPF_K, __NR_clone, 0, 5);
  load_argument(program, 0);
  emit(program, BPF_ALU | BPF_AND | BPF_K, CLONE_VM | CLONE_THREAD, 0, 0);
  emit(program, BPF_JMP | BPF_JEQ | BPF_K, CLONE_VM | CLONE_THREAD, 0, 1);
  answer(program, SECCOMP_RET_ALLOW);
  answer(program, refusal);

  // Signals to itself, which abort() sends, and nobody else's limits. A process of 0 is the caller's own, or its group.
  const int own[] = {getpid(), 0};
  decide(program, __NR_kill, 0, own, 1, SECCOMP_RET_ALLOW, refusal);
  decide(program, __NR_tgkill, 0, own, 1, SECCOMP_RET_ALLOW, refusal);
  decide(program, __NR_rt_sigqueueinfo, 0, own, 1, SECCOMP_RET_ALLOW, refusal);
  decide(program, __NR_rt_tgsigqueueinfo, 0, own, 1, SECCOMP_RET_ALLOW, refusal);
  decide(program, __NR_prlimit64, 0, own, 2, SECCOMP_RET_ALLOW, refusal);
  decide(program, __NR_sched_setaffinity, 0, own, 2, SECCOMP_RET_ALLOW, refusal);

  decide(program, __NR_fcntl, 1, refused_fcntl, COUNT(refused_fcntl), refusal, SECCOMP_RET_ALLOW);
  decide(program, __NR_ioctl, 1, allowed_ioctl, COUNT(allowed_ioctl), SECCOMP_RET_ALLOW, refusal);
  answer(program, SECCOMP_RET_ALLOW);
}

static int filter_calls(void) {
  Program program = {.count = 0};
  make_program(&program);
  if (program.count > COUNT(program.code)) return 0;
  struct sock_fprog filter = {.len = (unsigned short)program.count, .filter = program.code};
  // All threads at once: some may run already. The positive answer is a thread that has a filter of its own.
  return syscall(__NR_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, &filter) == 0;
}

#else
static int filter_calls(void) { return 0; }
#endif

// The kernel's landlock_ruleset_attr as it has grown; a kernel that knows less refuses a larger size with bits in it.
typedef struct {
  uint64_t files;
  uint64_t network;
  uint64_t scopes;
} Ruleset;

// Rights that landlock.h names LANDLOCK_ACCESS_FS_…, with the version of the interface that has brought them.
enum {
  FS_EXECUTE = 1 << 0,
  FS_WRITE_FILE = 1 << 1,
  FS_REMOVE_AND_MAKE = 0x1FF << 4,  // REMOVE_DIR … MAKE_SYM
  FS_REFER = 1 << 13,               // 2: links and renames into other folders
  FS_TRUNCATE = 1 << 14,            // 3
  NET_TCP = 3,                      // 4: bind and connect
  FS_IOCTL_DEVICE = 1 << 15,        // 5
  SCOPE_ALL = 3,                    // 6: abstract sockets and signals stay among processes under the same rules
};

// Every right that is handled and that no rule gives back is gone; reading is not handled, so all can be read.
static int lock_files(void) {
#ifdef __NR_landlock_create_ruleset
  const unsigned ask_version = 1;
  long version = syscall(__NR_landlock_create_ruleset, NULL, 0, ask_version);
  if (version < 1) return 0;
  Ruleset rules = {.files = FS_EXECUTE | FS_WRITE_FILE | FS_REMOVE_AND_MAKE};
  if (version >= 2) rules.files |= FS_REFER;
  if (version >= 3) rules.files |= FS_TRUNCATE;
  if (version >= 4) rules.network = NET_TCP;
  if (version >= 5) rules.files |= FS_IOCTL_DEVICE;
  if (version >= 6) rules.scopes = SCOPE_ALL;
  size_t size = version >= 6 ? sizeof(rules) : version >= 4 ? offsetof(Ruleset, scopes) : offsetof(Ruleset, network);
  int ruleset = (int)syscall(__NR_landlock_create_ruleset, &rules, size, 0);
  if (ruleset < 0) return 0;
  int done = syscall(__NR_landlock_restrict_self, ruleset, 0) == 0;
  close(ruleset);
  return done;
#else
  return 0;
#endif
}

int morelli_sandbox_enter(void) {
  // Both of the others ask for this where the caller isn't root.
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return 0;
  int force = MORELLI_SANDBOX_NO_NEW_PRIVILEGES;
  if (lock_files()) force |= MORELLI_SANDBOX_LANDLOCK;
  if (filter_calls()) force |= MORELLI_SANDBOX_SECCOMP;
  return force;
}
