using System;
using System.Management.Automation;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Commands;

public sealed class GetHcsMappedVirtualDiskTests(Session session) : SessionTests(session)
{
    [Fact]
    public void A_container_without_disks_gives_nothing() =>
        Assert.Empty(Session.Get("$c | Get-HcsMappedVirtualDisk", ("c", Session.NewRunning())));

    [Fact]
    public void One_bad_target_is_one_error() =>
        Session.Run("'nobody', $c.Id | Get-HcsMappedVirtualDisk", ("c", Session.NewRunning()))
            .RequireError("HcsSystemNotFound", ErrorCategory.ObjectNotFound);

    /// <summary>The embedded host attaches no disks, so the test makes the object as the command does.</summary>
    [Fact]
    public void A_disk_is_told_with_all_its_members()
    {
        dynamic disk = Session.Single(
            """
            $document = (ConvertFrom-HcsJson $text -As MappedVirtualDisk).PSObject.BaseObject
            $class = (Get-HcsHost)[0].GetType().Assembly.GetType('HcsPowerShell.HcsMappedVirtualDisk')
            $class.GetConstructors('NonPublic, Instance')[0].Invoke(@((Get-HcsHost)[0], 'web', '0', '2', $document))
            """,
            ("text", """{"HostPath":"C:\\d.vhdx","ContainerPath":"C:\\data","ReadOnly":true,"AttachOnly":false,"Cache":"Enabled","New":7}"""));
        Assert.Equal("web", (string)disk.ContainerId);
        Assert.Equal("0", (string)disk.Controller);
        Assert.Equal("2", (string)disk.Lun);
        Assert.Equal("C:\\d.vhdx", (string)disk.HostPath);
        Assert.Equal("C:\\data", (string)disk.ContainerPath);
        Assert.True((bool)disk.ReadOnly);
        Assert.Equal("Enabled", (string)disk.Cache);
        Assert.Contains("\"New\":7", Session.DocumentOf((object)disk), StringComparison.Ordinal);
    }
}
