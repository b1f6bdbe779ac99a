namespace HcsPowerShell.Embedded.Isolation.Oci.Programs;

/// <summary>The parent of a process in a container, in the place of runc: it learns the exit code and passes it on.</summary>
/// <remarks>
/// <para>Its arguments are a command of runc that leaves a process behind, whose parent it becomes when runc has ended.
/// A runc that stayed would cost a dozen megabytes for each process, and copy its streams.</para>
/// <para>Descriptors: 0 to 2 are for the process in the container, 3 is for runc to pass on, to 4 it writes the wait status
/// of runc, and it reaps nothing until 5 is closed at the other end, so that the new process can be looked at. From 6 on
/// are what is held as long as this lives, which is until the process in the container has ended; runc gets none of it.</para>
/// </remarks>
internal static class ExitKeeper
{
    public static byte[] Image() => ElfImage.ForThisMachine(X64, Arm64);

    internal static byte[][] X64 { get; } =
    [
        // where argc, argv and envp are
        [0x48, 0x89, 0xE5],                         // mov rbp,rsp
        // prctl(PR_SET_CHILD_SUBREAPER, 1): what runc leaves behind becomes a child of this
        [0xB8, 0x9D, 0x00, 0x00, 0x00],             // mov eax,157
        [0x6A, 0x24],                               // push 36
        [0x5F],                                     // pop rdi
        [0x6A, 0x01],                               // push 1
        [0x5E],                                     // pop rsi
        [0x0F, 0x05],                               // syscall
        // fork()
        [0x6A, 0x39],                               // push 57
        [0x58],                                     // pop rax
        [0x0F, 0x05],                               // syscall
        // no child
        [0x85, 0xC0],                               // test eax,eax
        [0x78, 0x37],                               // js fail
        // this process
        [0x75, 0x3D],                               // jne parent
        // the child: close(4)
        [0x6A, 0x04],                               // push 4
        [0x5F],                                     // pop rdi
        [0x6A, 0x03],                               // push 3
        [0x58],                                     // pop rax
        [0x0F, 0x05],                               // syscall
        // close(5)
        [0x6A, 0x05],                               // push 5
        [0x5F],                                     // pop rdi
        [0x6A, 0x03],                               // push 3
        [0x58],                                     // pop rax
        [0x0F, 0x05],                               // syscall
        // close_range(6, ~0, 0); before Linux 5.9 runc gets the rest, and lets it go no further
        [0xB8, 0xB4, 0x01, 0x00, 0x00],             // mov eax,436
        [0x6A, 0x06],                               // push 6
        [0x5F],                                     // pop rdi
        [0x83, 0xCE, 0xFF],                         // or esi,-1
        [0x31, 0xD2],                               // xor edx,edx
        [0x0F, 0x05],                               // syscall
        // execve(argv[1], &argv[1], envp)
        [0x48, 0x8B, 0x7D, 0x10],                   // mov rdi,QWORD PTR [rbp+16]
        [0x48, 0x8D, 0x75, 0x10],                   // lea rsi,[rbp+16]
        [0x48, 0x8B, 0x55, 0x00],                   // mov rdx,QWORD PTR [rbp+0]
        [0x48, 0x8D, 0x54, 0xD5, 0x10],             // lea rdx,[rbp+rdx*8+16]
        [0x6A, 0x3B],                               // push 59
        [0x58],                                     // pop rax
        [0x0F, 0x05],                               // syscall
        // fail: _exit(127)
        [0x6A, 0x7F],                               // push 127
        [0x5F],                                     // pop rdi
        [0x6A, 0x3C],                               // push 60
        [0x58],                                     // pop rax
        [0x0F, 0x05],                               // syscall
        // parent: keep the id of the child
        [0x89, 0xC3],                               // mov ebx,eax
        // the streams belong to the process in the container, not to this one
        [0x6A, 0x03],                               // push 3
        [0x5F],                                     // pop rdi
        // close: close(3), close(2), close(1), close(0)
        [0x6A, 0x03],                               // push 3
        [0x58],                                     // pop rax
        [0x0F, 0x05],                               // syscall
        [0xFF, 0xCF],                               // dec edi
        [0x79, 0xF7],                               // jns close
        // room for a status
        [0x6A, 0x00],                               // push 0
        // wait4(child, &status, 0, NULL): runc has done its part, or failed
        [0x89, 0xDF],                               // mov edi,ebx
        [0x48, 0x89, 0xE6],                         // mov rsi,rsp
        [0x31, 0xD2],                               // xor edx,edx
        [0x45, 0x31, 0xD2],                         // xor r10d,r10d
        [0x6A, 0x3D],                               // push 61
        [0x58],                                     // pop rax
        [0x0F, 0x05],                               // syscall
        // write(4, &status, 4)
        [0x6A, 0x04],                               // push 4
        [0x5F],                                     // pop rdi
        [0x48, 0x89, 0xE6],                         // mov rsi,rsp
        [0x6A, 0x04],                               // push 4
        [0x5A],                                     // pop rdx
        [0x6A, 0x01],                               // push 1
        [0x58],                                     // pop rax
        [0x0F, 0x05],                               // syscall
        // close(4)
        [0x6A, 0x04],                               // push 4
        [0x5F],                                     // pop rdi
        [0x6A, 0x03],                               // push 3
        [0x58],                                     // pop rax
        [0x0F, 0x05],                               // syscall
        // read(5, &byte, 1): returns when the other side has closed, and until then the process stays a zombie
        [0x6A, 0x05],                               // push 5
        [0x5F],                                     // pop rdi
        [0x48, 0x8D, 0x74, 0x24, 0x04],             // lea rsi,[rsp+4]
        [0x6A, 0x01],                               // push 1
        [0x5A],                                     // pop rdx
        [0x31, 0xC0],                               // xor eax,eax
        [0x0F, 0x05],                               // syscall
        // reap: wait4(-1, &status, 0, NULL), until no child is left
        [0x6A, 0xFF],                               // push -1
        [0x5F],                                     // pop rdi
        [0x48, 0x89, 0xE6],                         // mov rsi,rsp
        [0x31, 0xD2],                               // xor edx,edx
        [0x45, 0x31, 0xD2],                         // xor r10d,r10d
        [0x6A, 0x3D],                               // push 61
        [0x58],                                     // pop rax
        [0x0F, 0x05],                               // syscall
        [0x85, 0xC0],                               // test eax,eax
        [0x7F, 0xEC],                               // jg reap
        // the signal that killed it, if any
        [0x8B, 0x3C, 0x24],                         // mov edi,DWORD PTR [rsp]
        [0x89, 0xF8],                               // mov eax,edi
        [0x83, 0xE0, 0x7F],                         // and eax,127
        [0x74, 0x08],                               // je exited
        // 128 + signal
        [0x8D, 0xB8, 0x80, 0x00, 0x00, 0x00],       // lea edi,[rax+128]
        [0xEB, 0x03],                               // jmp end
        // exited: or its exit code
        [0xC1, 0xEF, 0x08],                         // shr edi,8
        // end: exit(code)
        [0x6A, 0x3C],                               // push 60
        [0x58],                                     // pop rax
        [0x0F, 0x05],                               // syscall
    ];

    internal static byte[][] Arm64 { get; } =
    [
        // where argc, argv and envp are
        [0xF3, 0x03, 0x00, 0x91],                   // mov x19, sp
        // prctl(PR_SET_CHILD_SUBREAPER, 1): what runc leaves behind becomes a child of this
        [0x80, 0x04, 0x80, 0xD2],                   // mov x0, #36
        [0x21, 0x00, 0x80, 0xD2],                   // mov x1, #1
        [0xE8, 0x14, 0x80, 0xD2],                   // mov x8, #167
        [0x01, 0x00, 0x00, 0xD4],                   // svc #0
        // clone(SIGCHLD, 0, 0, 0, 0)
        [0x20, 0x02, 0x80, 0xD2],                   // mov x0, #17
        [0x01, 0x00, 0x80, 0xD2],                   // mov x1, #0
        [0x02, 0x00, 0x80, 0xD2],                   // mov x2, #0
        [0x03, 0x00, 0x80, 0xD2],                   // mov x3, #0
        [0x04, 0x00, 0x80, 0xD2],                   // mov x4, #0
        [0x88, 0x1B, 0x80, 0xD2],                   // mov x8, #220
        [0x01, 0x00, 0x00, 0xD4],                   // svc #0
        // no child
        [0x1F, 0x00, 0x00, 0x71],                   // cmp w0, #0
        [0x6B, 0x02, 0x00, 0x54],                   // b.lt fail
        // this process
        [0xAC, 0x02, 0x00, 0x54],                   // b.gt parent
        // the child: close(4)
        [0x80, 0x00, 0x80, 0xD2],                   // mov x0, #4
        [0x28, 0x07, 0x80, 0xD2],                   // mov x8, #57
        [0x01, 0x00, 0x00, 0xD4],                   // svc #0
        // close(5)
        [0xA0, 0x00, 0x80, 0xD2],                   // mov x0, #5
        [0x28, 0x07, 0x80, 0xD2],                   // mov x8, #57
        [0x01, 0x00, 0x00, 0xD4],                   // svc #0
        // close_range(6, ~0, 0)
        [0xC0, 0x00, 0x80, 0xD2],                   // mov x0, #6
        [0x01, 0x00, 0x80, 0x12],                   // mov w1, #-1
        [0x02, 0x00, 0x80, 0xD2],                   // mov x2, #0
        [0x88, 0x36, 0x80, 0xD2],                   // mov x8, #436
        [0x01, 0x00, 0x00, 0xD4],                   // svc #0
        // execve(argv[1], &argv[1], envp)
        [0x60, 0x0A, 0x40, 0xF9],                   // ldr x0, [x19, #16]
        [0x61, 0x42, 0x00, 0x91],                   // add x1, x19, #16
        [0x62, 0x02, 0x40, 0xF9],                   // ldr x2, [x19]
        [0x22, 0x0C, 0x02, 0x8B],                   // add x2, x1, x2, lsl #3
        [0xA8, 0x1B, 0x80, 0xD2],                   // mov x8, #221
        [0x01, 0x00, 0x00, 0xD4],                   // svc #0
        // fail: exit_group(127)
        [0xE0, 0x0F, 0x80, 0xD2],                   // mov x0, #127
        [0xC8, 0x0B, 0x80, 0xD2],                   // mov x8, #94
        [0x01, 0x00, 0x00, 0xD4],                   // svc #0
        // parent: keep the id of the child
        [0xF4, 0x03, 0x00, 0x2A],                   // mov w20, w0
        // close 3, 2, 1 and 0: the streams belong to the process in the container
        [0x75, 0x00, 0x80, 0x52],                   // mov w21, #3
        // close: close(w21--)
        [0xE0, 0x03, 0x15, 0x2A],                   // mov w0, w21
        [0x28, 0x07, 0x80, 0xD2],                   // mov x8, #57
        [0x01, 0x00, 0x00, 0xD4],                   // svc #0
        [0xB5, 0x06, 0x00, 0x71],                   // subs w21, w21, #1
        [0x85, 0xFF, 0xFF, 0x54],                   // b.pl close
        // room for a status
        [0xFF, 0x43, 0x00, 0xD1],                   // sub sp, sp, #16
        [0xFF, 0x03, 0x00, 0xF9],                   // str xzr, [sp]
        // wait4(child, &status, 0, NULL): runc has done its part, or failed
        [0xE0, 0x03, 0x14, 0x2A],                   // mov w0, w20
        [0xE1, 0x03, 0x00, 0x91],                   // mov x1, sp
        [0x02, 0x00, 0x80, 0xD2],                   // mov x2, #0
        [0x03, 0x00, 0x80, 0xD2],                   // mov x3, #0
        [0x88, 0x20, 0x80, 0xD2],                   // mov x8, #260
        [0x01, 0x00, 0x00, 0xD4],                   // svc #0
        // write(4, &status, 4)
        [0x80, 0x00, 0x80, 0xD2],                   // mov x0, #4
        [0xE1, 0x03, 0x00, 0x91],                   // mov x1, sp
        [0x82, 0x00, 0x80, 0xD2],                   // mov x2, #4
        [0x08, 0x08, 0x80, 0xD2],                   // mov x8, #64
        [0x01, 0x00, 0x00, 0xD4],                   // svc #0
        // close(4)
        [0x80, 0x00, 0x80, 0xD2],                   // mov x0, #4
        [0x28, 0x07, 0x80, 0xD2],                   // mov x8, #57
        [0x01, 0x00, 0x00, 0xD4],                   // svc #0
        // read(5, &byte, 1): returns when the other side has closed, and until then the process stays a zombie
        [0xA0, 0x00, 0x80, 0xD2],                   // mov x0, #5
        [0xE1, 0x23, 0x00, 0x91],                   // add x1, sp, #8
        [0x22, 0x00, 0x80, 0xD2],                   // mov x2, #1
        [0xE8, 0x07, 0x80, 0xD2],                   // mov x8, #63
        [0x01, 0x00, 0x00, 0xD4],                   // svc #0
        // reap: wait4(-1, &status, 0, NULL), until no child is left
        [0x00, 0x00, 0x80, 0x92],                   // mov x0, #-1
        [0xE1, 0x03, 0x00, 0x91],                   // mov x1, sp
        [0x02, 0x00, 0x80, 0xD2],                   // mov x2, #0
        [0x03, 0x00, 0x80, 0xD2],                   // mov x3, #0
        [0x88, 0x20, 0x80, 0xD2],                   // mov x8, #260
        [0x01, 0x00, 0x00, 0xD4],                   // svc #0
        [0x1F, 0x00, 0x00, 0x71],                   // cmp w0, #0
        [0x2C, 0xFF, 0xFF, 0x54],                   // b.gt reap
        // the signal that killed it, if any
        [0xE0, 0x03, 0x40, 0xB9],                   // ldr w0, [sp]
        [0x01, 0x18, 0x00, 0x72],                   // ands w1, w0, #127
        [0x60, 0x00, 0x00, 0x54],                   // b.eq exited
        // 128 + signal
        [0x20, 0x00, 0x02, 0x11],                   // add w0, w1, #128
        [0x02, 0x00, 0x00, 0x14],                   // b end
        // exited: or its exit code
        [0x00, 0x7C, 0x08, 0x53],                   // lsr w0, w0, #8
        // end: exit_group(code)
        [0xC8, 0x0B, 0x80, 0xD2],                   // mov x8, #94
        [0x01, 0x00, 0x00, 0xD4],                   // svc #0
    ];
}
