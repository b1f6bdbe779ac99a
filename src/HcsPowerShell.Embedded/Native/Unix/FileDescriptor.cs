using Microsoft.Win32.SafeHandles;

namespace HcsPowerShell.Embedded.Native.Unix;

/// <summary>An open file descriptor; closed when no call uses it any more.</summary>
internal sealed class FileDescriptor : SafeHandleMinusOneIsInvalid
{
    public FileDescriptor()
        : base(ownsHandle: true)
    {
    }

    public FileDescriptor(int number)
        : this() => SetHandle((nint)number);

    /// <summary>The number, for calls that take it inside a structure; valid while a reference is held.</summary>
    public int Number => (int)handle;

    protected override bool ReleaseHandle() => Libc.close((int)handle) == 0;
}
