// What a worker process gives up before it reads files that strangers made. Without root; each part is there or not,
// as the kernel has it.
#pragma once

/// No program that is executed gets rights that this process lacks; the filter asks for it.
#define MORELLI_SANDBOX_NO_NEW_PRIVILEGES 1
/// System calls are filtered, in all threads.
#define MORELLI_SANDBOX_SECCOMP 2
/// The file system can't be written to, in this thread and in those that it starts.
#define MORELLI_SANDBOX_LANDLOCK 4

/// Gives up the network, writing, other programs and other processes, for good.
///
/// Returns what is in force, as bits.
int morelli_sandbox_enter(void);
