using System;
using System.IO;
using HcsPowerShell.Embedded.Linux.Native;
using HcsPowerShell.Embedded.Linux.Oci.State;
using HcsPowerShell.Embedded.Linux.Processes;
using HcsPowerShell.Interop;

namespace HcsPowerShell.Embedded.Linux.Oci.Images;

/// <summary>
/// The folder of an import or a removal. It is deleted with all that is in it; the programs that write to it hold its
/// lock too. If this process ends before, a guardian kills them and deletes it.
/// </summary>
internal sealed class ImageWork : IDisposable
{
    // A program whose id another one has by now does not name the folder. What was killed may still write for a moment.
    private const string GuardianScript = """
        for line in $lines; do
            process=${line%%:*}
            ! tr '\0' ' ' <"/proc/$process/cmdline" | grep -qsF "$1/" || kill -9 "$process"
        done
        pass=0
        while [ -e "$1" ] && [ "$pass" -lt 100 ]; do
            [ "$pass" = 0 ] || sleep 0.1
            pass=$((pass + 1))
            rm -rf "$1"
        done
        exit 0
        """;

    private readonly MachineLock _lock;
    private MachineLock? _image;
    private string? _imageLock;

    private ImageWork(string folder, MachineLock hold)
    {
        Folder = folder;
        _lock = hold;
        Guardian = new Guardian(GuardianScript, [folder], usePidfd: true);
    }

    public string Folder { get; }

    /// <summary>The OCI layout that an image is copied to.</summary>
    public string Layout => Path.Combine(Folder, "layout");

    /// <summary>The folder that becomes the image, or was it.</summary>
    public string Image => Path.Combine(Folder, "image");

    /// <summary>The file that keeps the folder from being a leftover.</summary>
    public FileDescriptor Held => _lock.Descriptor;

    /// <summary>Knows the programs that write there; it runs from the first one on.</summary>
    public Guardian Guardian { get; }

    /// <summary>Takes a folder that nobody works in; null when somebody does.</summary>
    public static ImageWork? TryTake(string folder) =>
        MachineLock.TryTakeFolder(folder) is { } hold ? new ImageWork(folder, hold) : null;

    /// <summary>Takes over the lock of the image.</summary>
    public void Own(MachineLock image, string path)
    {
        _image = image;
        _imageLock = path;
    }

    public void Dispose()
    {
        if (_imageLock is not null)
        {
            File.Delete(_imageLock);
        }

        _image?.Dispose();
        try
        {
            FolderRemovals removals = new();
            removals.Begin(Folder);
            removals.Finish();
        }
        catch (Exception e) when (e is IOException or HcsException)
        {
            // The next import tries again.
        }
        finally
        {
            _lock.Dispose();
            Guardian.Dispose();
        }
    }
}
