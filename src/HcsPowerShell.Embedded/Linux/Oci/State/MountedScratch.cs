using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using HcsPowerShell.Embedded.Linux.Native;

namespace HcsPowerShell.Embedded.Linux.Oci.State;

/// <summary>A scratch that a host of this machine has mounted.</summary>
/// <remarks>
/// The kernel is the only one who remembers it: the source of the mount is the scratch. So every process can tell, and
/// nothing is left to tell after the mount.
/// </remarks>
/// <param name="Id">The kernel's id of the mount.</param>
/// <param name="Volume">Path at which it is mounted.</param>
/// <param name="Folder">Folder of the scratch, without links.</param>
internal sealed record MountedScratch(string Id, string Volume, string Folder)
{
    /// <summary>Returns all that this process can see.</summary>
    /// <exception cref="IOException">There is no <c>/proc</c>.</exception>
    public static IReadOnlyList<MountedScratch> All() =>
    [
        .. MountEntry.All()
            .Where(mount => mount.Type == "overlay" && HostFolder.IsMountPoint(mount.Path))
            .Select(mount => new MountedScratch(mount.Id, mount.Path, mount.Source)),
    ];

    /// <param name="folder">Folder of the scratch, without links.</param>
    public static MountedScratch? Of(string folder) => All().FirstOrDefault(mounted => mounted.Folder == folder);

    /// <param name="volume">Path without links.</param>
    public static MountedScratch? At(string volume) => All().LastOrDefault(mounted => mounted.Volume == volume);

    /// <summary>True when the open file is on this mount.</summary>
    public bool Has(FileDescriptor file) => File.ReadLines($"/proc/self/fdinfo/{file.Number}")
        .Select(line => line.Split(':'))
        .Any(fields => fields[0] == "mnt_id" && fields[1].Trim() == Id);
}
