using HcsPowerShell.Embedded.Contracts;
using HcsPowerShell.Embedded.Linux.Native;

namespace HcsPowerShell.Embedded.Linux.Processes;

/// <summary>
/// One write: completes when all bytes are in the pipe; a cancelled write may have written some of them.
/// </summary>
internal sealed class PipeWrite(FileDescriptor descriptor, byte[] buffer, int offset, int count)
    : PipeTransfer(descriptor, Libc.POLLOUT)
{
    private readonly FileDescriptor _descriptor = descriptor;
    private int _written;

    private protected override int? Try()
    {
        while (_written < count)
        {
            nint written = Libc.write(_descriptor, ref buffer[offset + _written], count - _written);
            if (written >= 0)
            {
                _written += (int)written;
                continue;
            }

            switch (LastError)
            {
                case Errno.EINTR:
                    continue;
                case Errno.EAGAIN:
                    return null;
                default:
                    throw Failure(LastError);
            }
        }

        return count;
    }
}
