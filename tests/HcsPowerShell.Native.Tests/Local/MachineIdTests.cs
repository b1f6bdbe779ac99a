using System;
using System.IO;
using System.Linq;
using System.Runtime.Versioning;
using HcsPowerShell.Interop.Local;
using Microsoft.Win32;
using Xunit;

namespace HcsPowerShell.Native.Tests.Local;

public sealed class MachineIdTests
{
    [Fact]
    public void It_is_the_id_of_this_machine_whoever_asks()
    {
        string? id = OperatingSystem.IsWindows() ? FromRegistry() : FromFile();
        Assert.Equal(id is null ? (Guid?)null : Guid.Parse(id), MachineId.Read());
    }

    [SupportedOSPlatform("windows")]
    private static string? FromRegistry() =>
        (string?)Registry.GetValue(@"HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Cryptography", "MachineGuid", null);

    private static string? FromFile() =>
        new[] { "/etc/machine-id", "/var/lib/dbus/machine-id" }.FirstOrDefault(File.Exists) is { } file
            ? File.ReadAllText(file).Trim()
            : null;
}
