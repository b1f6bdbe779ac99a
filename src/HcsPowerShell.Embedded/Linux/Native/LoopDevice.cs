using System;
using System.IO;
using System.Runtime.InteropServices;
using HcsPowerShell.Embedded.Contracts;

namespace HcsPowerShell.Embedded.Linux.Native;

/// <summary>
/// An image file as a block device; the kernel detaches it when neither this object nor a mount uses it.
/// </summary>
internal sealed class LoopDevice : IDisposable
{
    private const int Tries = 100;

    private readonly FileDescriptor _device;

    private LoopDevice(FileDescriptor device, int number)
    {
        _device = device;
        Path = $"/dev/loop{number}";
        Number = number;
    }

    public string Path { get; }

    /// <summary>The open device; a process that receives it also keeps the image attached.</summary>
    public FileDescriptor Descriptor => _device;

    /// <summary>Minor device number; the major is 7.</summary>
    public int Number { get; }

    /// <param name="file">The open file; the device keeps it open, together with its locks.</param>
    /// <param name="image">Its path.</param>
    /// <param name="isReadOnly">True when no process can write to it.</param>
    /// <param name="isDirect">True when reads and writes bypass the file cache of this machine.</param>
    /// <exception cref="IOException">The kernel has no free loop device, or the file cannot be used.</exception>
    public static LoopDevice Attach(FileDescriptor file, string image, bool isReadOnly, bool isDirect = false)
    {
        using FileDescriptor control = Open("/dev/loop-control", Libc.O_RDWR);
        for (int i = 0; ; i++)
        {
            int number = Libc.ioctl(control, Libc.LOOP_CTL_GET_FREE, 0);
            if (number < 0)
            {
                throw Failure(image);
            }

            FileDescriptor device = Open($"/dev/loop{number}", Access(isReadOnly));
            Libc.LoopConfiguration configuration = new()
            {
                Descriptor = file.Number,
                Flags = Libc.LO_FLAGS_AUTOCLEAR | (isReadOnly ? Libc.LO_FLAGS_READ_ONLY : 0)
                    | (isDirect ? Libc.LO_FLAGS_DIRECT_IO : 0),
            };
            if (Libc.ioctl(device, Libc.LOOP_CONFIGURE, configuration) == 0)
            {
                RequireDirect(image, device, number, isDirect);
                return new LoopDevice(device, number);
            }

            // Another process has taken the device in between.
            bool isTaken = Marshal.GetLastWin32Error() == Errno.EBUSY;
            IOException failure = Failure(image);
            device.Dispose();
            if (!isTaken || i == Tries)
            {
                throw failure;
            }
        }
    }

    public void Dispose() => _device.Dispose();

    // The kernel silently uses the cache when the file system cannot bypass it.
    private static void RequireDirect(string image, FileDescriptor device, int number, bool isDirect)
    {
        if (isDirect && File.ReadAllText($"/sys/block/loop{number}/loop/dio").Trim() != "1")
        {
            device.Dispose();
            throw new IOException($"'{image}' is on a file system that does not let the cache be left out.");
        }
    }

    private static int Access(bool isReadOnly) => isReadOnly ? Libc.O_RDONLY : Libc.O_RDWR;

    private static FileDescriptor Open(string path, int access)
    {
        int number = Libc.open(CString.From(path), access | Libc.O_CLOEXEC);
        return number >= 0 ? new FileDescriptor(number) : throw Failure(path);
    }

    private static IOException Failure(string path) =>
        new KernelException($"'{path}' cannot be attached as a block device", Marshal.GetLastWin32Error());
}
