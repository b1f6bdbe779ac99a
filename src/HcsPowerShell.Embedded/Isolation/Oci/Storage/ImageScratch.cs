using System;
using System.IO;
using System.Text.Json.Nodes;
using HcsPowerShell.Embedded.Native.Unix;

namespace HcsPowerShell.Embedded.Isolation.Oci.Storage;

/// <summary>A scratch in a file that holds a file system, and so has a size.</summary>
internal sealed class ImageScratch : Scratch
{
    // Under the root of the container, which then hides it.
    private const string MountPoint = "/.scratch";

    private readonly string _mountPoint;
    private readonly string _type;
    private readonly LoopDevice _device;

    /// <param name="image">File with a file system that can be written.</param>
    /// <param name="type">Its type.</param>
    /// <param name="rootFolder">Folder that becomes the root of the container.</param>
    /// <exception cref="IOException">The kernel refuses.</exception>
    public ImageScratch(string image, string type, string rootFolder)
    {
        _mountPoint = rootFolder + MountPoint;
        _type = type;
        _device = LoopDevice.Attach(image, isReadOnly: false);
        try
        {
            using DetachedMount mount = DetachedMount.Open(_type, _device.Path);
            MakeFolders(mount.Root);
        }
        catch
        {
            _device.Dispose();
            throw;
        }
    }

    public override string Upper => Path.Combine(_mountPoint, UpperName);

    public override string Work => Path.Combine(_mountPoint, WorkName);

    public override JsonObject? Mount => Specification.Mount.Of(_type, _device.Path, MountPoint);

    public override string? Device => $"7:{_device.Number}";

    public override void Prepare(Action<string> fill)
    {
        using DetachedMount mount = DetachedMount.Open(_type, _device.Path);
        fill(Path.Combine(mount.Root, UpperName));
    }

    public override void Dispose() => _device.Dispose();
}
