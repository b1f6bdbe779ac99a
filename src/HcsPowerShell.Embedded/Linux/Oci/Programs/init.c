// Process 1 of a container: waits for ever, reaps orphans, ends when told to from outside. It needs nothing of the layers.
//
// Descriptor 3 is the file it was started from.
#include <linux/wait.h>
#include <asm/siginfo.h>
#include <asm/signal.h>
#include "kernel.h"

_Noreturn void run(long *stack)
{
    unsigned long all = ~0UL;
    siginfo_t info;

    (void)stack;
    call(__NR_close, 3, 0, 0, 0);

    // Signals wait to be taken, SIGTERM too.
    call(__NR_rt_sigprocmask, SIG_BLOCK, (long)&all, 0, sizeof all);
    for (;;) {
        long signal = call(__NR_rt_sigtimedwait, (long)&all, (long)&info, 0, sizeof all);

        // A sender outside of the container has no id in it. A process inside can claim to have none, but not by kill.
        if (signal == SIGTERM && info.si_code == SI_USER && info.si_pid == 0)
            end(0);

        while (call(__NR_wait4, -1, 0, WNOHANG, 0) > 0)
            ;
    }
}
