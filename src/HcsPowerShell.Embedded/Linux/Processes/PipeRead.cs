using HcsPowerShell.Embedded.Contracts;
using HcsPowerShell.Embedded.Linux.Native;

namespace HcsPowerShell.Embedded.Linux.Processes;

/// <summary>One read: completes with the number of bytes there are, 0 at the end.</summary>
/// <remarks>
/// A read from the master of a terminal fails with EIO when no process has the other end open any more.
/// </remarks>
internal sealed class PipeRead(FileDescriptor descriptor, byte[] buffer, int offset, int count)
    : PipeTransfer(descriptor, Libc.POLLIN)
{
    private readonly FileDescriptor _descriptor = descriptor;

    private protected override int? Try()
    {
        while (true)
        {
            nint read = Libc.read(_descriptor, ref buffer[offset], count);
            if (read >= 0)
            {
                return (int)read;
            }

            switch (LastError)
            {
                case Errno.EINTR:
                    continue;
                case Errno.EAGAIN:
                    return null;
                case Errno.EIO:
                    return 0;
                default:
                    throw Failure(LastError);
            }
        }
    }
}
