namespace HcsPowerShell.Embedded.Isolation.Oci.Programs;

/// <summary>Process 1 of a container: waits for ever, reaps orphans, ends when told to from outside.</summary>
/// <remarks>
/// Machine code, because nothing in the layers can be counted on, and it must need no compiler where it runs. Each line is
/// an instruction and its text; numbers are decimal, system calls are those of Linux on that processor.
/// </remarks>
internal static class FirstProcess
{
    public static byte[] Image() => ElfImage.ForThisMachine(X64, Arm64);

    internal static byte[][] X64 { get; } =
    [
        // close(3): the file it was started from
        [0x6A, 0x03],                               // push 3
        [0x5F],                                     // pop rdi
        [0x6A, 0x03],                               // push 3
        [0x58],                                     // pop rax
        [0x0F, 0x05],                               // syscall
        // room for a siginfo_t, and below it
        [0x48, 0x83, 0xC4, 0x80],                   // add rsp,-128
        // a signal set with every signal in it
        [0x6A, 0xFF],                               // push -1
        // rt_sigprocmask(SIG_BLOCK, set, NULL, 8): signals wait to be taken, SIGTERM too
        [0x48, 0x89, 0xE6],                         // mov rsi,rsp
        [0x6A, 0x0E],                               // push 14
        [0x58],                                     // pop rax
        [0x31, 0xFF],                               // xor edi,edi
        [0x31, 0xD2],                               // xor edx,edx
        [0x6A, 0x08],                               // push 8
        [0x41, 0x5A],                               // pop r10
        [0x0F, 0x05],                               // syscall
        // next: rt_sigtimedwait(set, info, NULL, 8)
        [0x6A, 0x40],                               // push 64
        [0x58],                                     // pop rax
        [0x01, 0xC0],                               // add eax,eax
        [0x48, 0x89, 0xE7],                         // mov rdi,rsp
        [0x48, 0x8D, 0x74, 0x24, 0x08],             // lea rsi,[rsp+8]
        [0x31, 0xD2],                               // xor edx,edx
        [0x6A, 0x08],                               // push 8
        [0x41, 0x5A],                               // pop r10
        [0x0F, 0x05],                               // syscall
        // anything but SIGTERM, SIGCHLD above all: reap
        [0x83, 0xF8, 0x0F],                         // cmp eax,15
        [0x75, 0x07],                               // jne reap
        // info.si_pid is 0 when the sender is outside of the container; its own processes cannot end it
        [0x83, 0x7C, 0x24, 0x18, 0x00],             // cmp DWORD PTR [rsp+24],0
        [0x74, 0x16],                               // je end
        // reap: wait4(-1, NULL, WNOHANG, NULL), until none is left
        [0x6A, 0x3D],                               // push 61
        [0x58],                                     // pop rax
        [0x6A, 0xFF],                               // push -1
        [0x5F],                                     // pop rdi
        [0x31, 0xF6],                               // xor esi,esi
        [0x6A, 0x01],                               // push 1
        [0x5A],                                     // pop rdx
        [0x45, 0x31, 0xD2],                         // xor r10d,r10d
        [0x0F, 0x05],                               // syscall
        [0x85, 0xC0],                               // test eax,eax
        [0x7F, 0xEC],                               // jg reap
        // and wait again
        [0xEB, 0xC9],                               // jmp next
        // end: exit(0): the kernel kills what is left
        [0x6A, 0x3C],                               // push 60
        [0x58],                                     // pop rax
        [0x31, 0xFF],                               // xor edi,edi
        [0x0F, 0x05],                               // syscall
    ];

    internal static byte[][] Arm64 { get; } =
    [
        // close(3): the file it was started from
        [0x60, 0x00, 0x80, 0xD2],                   // mov x0, #3
        [0x28, 0x07, 0x80, 0xD2],                   // mov x8, #57
        [0x01, 0x00, 0x00, 0xD4],                   // svc #0
        // room for a signal set and a siginfo_t
        [0xFF, 0x43, 0x02, 0xD1],                   // sub sp, sp, #144
        // a signal set with every signal in it
        [0x00, 0x00, 0x80, 0x92],                   // mov x0, #-1
        [0xE0, 0x03, 0x00, 0xF9],                   // str x0, [sp]
        // rt_sigprocmask(SIG_BLOCK, set, NULL, 8): signals wait to be taken, SIGTERM too
        [0x00, 0x00, 0x80, 0xD2],                   // mov x0, #0
        [0xE1, 0x03, 0x00, 0x91],                   // mov x1, sp
        [0x02, 0x00, 0x80, 0xD2],                   // mov x2, #0
        [0x03, 0x01, 0x80, 0xD2],                   // mov x3, #8
        [0xE8, 0x10, 0x80, 0xD2],                   // mov x8, #135
        [0x01, 0x00, 0x00, 0xD4],                   // svc #0
        // next: rt_sigtimedwait(set, info, NULL, 8)
        [0xE0, 0x03, 0x00, 0x91],                   // mov x0, sp
        [0xE1, 0x43, 0x00, 0x91],                   // add x1, sp, #16
        [0x02, 0x00, 0x80, 0xD2],                   // mov x2, #0
        [0x03, 0x01, 0x80, 0xD2],                   // mov x3, #8
        [0x28, 0x11, 0x80, 0xD2],                   // mov x8, #137
        [0x01, 0x00, 0x00, 0xD4],                   // svc #0
        // anything but SIGTERM, SIGCHLD above all: reap
        [0x1F, 0x3C, 0x00, 0x71],                   // cmp w0, #15
        [0x61, 0x00, 0x00, 0x54],                   // b.ne reap
        // info.si_pid is 0 when the sender is outside of the container; its own processes cannot end it
        [0xE0, 0x23, 0x40, 0xB9],                   // ldr w0, [sp, #32]
        [0x40, 0x01, 0x00, 0x34],                   // cbz w0, end
        // reap: wait4(-1, NULL, WNOHANG, NULL), until none is left
        [0x00, 0x00, 0x80, 0x92],                   // mov x0, #-1
        [0x01, 0x00, 0x80, 0xD2],                   // mov x1, #0
        [0x22, 0x00, 0x80, 0xD2],                   // mov x2, #1
        [0x03, 0x00, 0x80, 0xD2],                   // mov x3, #0
        [0x88, 0x20, 0x80, 0xD2],                   // mov x8, #260
        [0x01, 0x00, 0x00, 0xD4],                   // svc #0
        [0x1F, 0x00, 0x00, 0x71],                   // cmp w0, #0
        [0x2C, 0xFF, 0xFF, 0x54],                   // b.gt reap
        // and wait again
        [0xEE, 0xFF, 0xFF, 0x17],                   // b next
        // end: exit_group(0): the kernel kills what is left
        [0x00, 0x00, 0x80, 0xD2],                   // mov x0, #0
        [0xC8, 0x0B, 0x80, 0xD2],                   // mov x8, #94
        [0x01, 0x00, 0x00, 0xD4],                   // svc #0
    ];
}
