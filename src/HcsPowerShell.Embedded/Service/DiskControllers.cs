using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Embedded.Service;

/// <summary>
/// Lists the virtual disks of a configuration as system properties report them: one controller, one logical unit per
/// disk.
/// </summary>
internal static class DiskControllers
{
    public static Dictionary<string, MappedVirtualDiskController> Of(ContainerConfig config) =>
        config.MappedVirtualDisks is not { Length: > 0 } disks
            ? []
            : new()
            {
                ["0"] = new MappedVirtualDiskController
                {
                    MappedVirtualDisks = disks.Select((disk, unit) => (disk, unit)).ToDictionary(
                        entry => entry.unit.ToString(CultureInfo.InvariantCulture), entry => entry.disk),
                },
            };
}
