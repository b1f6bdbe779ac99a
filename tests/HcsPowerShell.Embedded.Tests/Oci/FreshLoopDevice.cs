using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using HcsPowerShell.Embedded.Linux.Native;
using HcsPowerShell.Embedded.Linux.Oci.Storage;

namespace HcsPowerShell.Embedded.Tests.Oci;

/// <summary>
/// Makes sure that the next loop device is newly made by the kernel; disposing the object removes the device.
/// </summary>
/// <remarks>
/// A faster test may take the device; then the test that wanted it gets a used one, which proves less.
/// </remarks>
internal sealed class FreshLoopDevice : IDisposable
{
    private const nuint LOOP_CTL_REMOVE = 0x4C81;

    private readonly List<LoopDevice> _used = [];
    private readonly int _number;

    public FreshLoopDevice(string image)
    {
        File.WriteAllBytes(image, new byte[4096]);
        HashSet<string> known = [.. Directory.GetDirectories("/sys/block", "loop*").Select(path => Path.GetFileName(path))];
        while (true)
        {
            using FileDescriptor file = FileHold.Open(image, isReadOnly: true);
            LoopDevice device = LoopDevice.Attach(file, image, isReadOnly: true);
            if (!known.Contains($"loop{device.Number}"))
            {
                _number = device.Number;
                device.Dispose();
                return;
            }

            _used.Add(device);
        }
    }

    public void Dispose()
    {
        _used.ForEach(device => device.Dispose());
        using FileDescriptor control = new(Libc.open(CString.From("/dev/loop-control"), Libc.O_RDWR | Libc.O_CLOEXEC));

        // The kernel refuses this while a process uses the device; then the device stays.
        _ = Libc.ioctl(control, LOOP_CTL_REMOVE, (nint)_number);
    }
}
