// The parent of a process in a container, in the place of runc: it learns the exit code and passes it on.
//
// Its arguments are a command of runc that leaves a process behind, whose parent it becomes when runc has ended. A runc
// that stayed would cost a dozen megabytes for each process, and copy its streams.
//
// Descriptors: 0 to 2 are for the process in the container, 3 is for runc to pass on, to 4 it writes the wait status of
// runc, and it reaps nothing until 5 is closed at the other end, so that the new process can be looked at. From 6 on are
// what is held as long as this lives, which is until the process in the container has ended; runc gets none of it.
#include <linux/prctl.h>
#include <asm/resource.h>
#include <asm/signal.h>
#include "kernel.h"

enum { PASSED = 3, STATUS = 4, HOLD = 5, FIRST_HELD = 6, CANNOT_START = 127, MOST_OPEN_FILES = 524288 };

_Noreturn void run(long *stack)
{
    char **arguments = (char **)(stack + 2), **environment = (char **)(stack + stack[0] + 2);
    int status = 0;
    char nothing;

    // What runc leaves behind becomes a child of this process.
    call(__NR_prctl, PR_SET_CHILD_SUBREAPER, 1, 0, 0);
    long runc = call(__NR_clone, SIGCHLD, 0, 0, 0);
    if (runc < 0)
        end(CANNOT_START);

    if (runc == 0) {
        // The host ends a call of runc that takes too long, and a keeper that has not got its process yet with it.
        call(__NR_prctl, PR_SET_PDEATHSIG, SIGKILL, 0, 0);

        // runc writes the number of open files of the document into the process while the Go runtime in it may write its own
        // (runc#4195). With one number, soft and hard, for runc and the document, all of them write the same.
        unsigned long files[2];
        if (call(__NR_prlimit64, 0, RLIMIT_NOFILE, 0, (long)files) == 0) {
            files[1] = files[1] > MOST_OPEN_FILES ? MOST_OPEN_FILES : files[1];
            files[0] = files[1];
            call(__NR_prlimit64, 0, RLIMIT_NOFILE, (long)files, 0);
        }

        // Before Linux 5.9 there is no close_range: runc gets what is held, and lets it go no further.
        call(__NR_close, STATUS, 0, 0, 0);
        call(__NR_close, HOLD, 0, 0, 0);
        call(__NR_close_range, FIRST_HELD, ~0U, 0, 0);
        call(__NR_execve, (long)arguments[0], (long)arguments, (long)environment, 0);
        end(CANNOT_START);
    }

    // The streams belong to the process in the container.
    for (int stream = PASSED; stream >= 0; stream--)
        call(__NR_close, stream, 0, 0, 0);

    call(__NR_wait4, runc, (long)&status, 0, 0);
    call(__NR_write, STATUS, (long)&status, sizeof status, 0);
    call(__NR_close, STATUS, 0, 0, 0);

    // Returns when the other side has closed; until then the process stays a zombie.
    call(__NR_read, HOLD, (long)&nothing, 1, 0);
    while (call(__NR_wait4, -1, (long)&status, 0, 0) > 0)
        ;

    int signal = status & 127;
    end(signal ? 128 + signal : status >> 8 & 255);
}
