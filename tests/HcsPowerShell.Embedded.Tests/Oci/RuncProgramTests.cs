using System;
using System.IO;
using System.Runtime.Versioning;
using HcsPowerShell.Embedded.Linux.Oci;
using HcsPowerShell.Embedded.Linux.Oci.State;
using Xunit;

namespace HcsPowerShell.Embedded.Tests.Oci;

/// <summary>Tests that only root can replace the runc program.</summary>
[SupportedOSPlatform("linux")]
public sealed class RuncProgramTests : IDisposable
{
    // Not below /tmp, where every user can write.
    private const string Parent = "/var/lib";

    private readonly string? _folder;

    public RuncProgramTests()
    {
        OciMachine.SkipUnlessPossible();
        Assert.SkipWhen(RuncProgram.WhoElseMayChange(Parent) is not null, $"'{Parent}' is not root's alone.");
        _folder = Path.Combine(Parent, "hcs-test-" + Guid.NewGuid().ToString("N"));
        HostFolder.MakePrivate(_folder);
        File.Copy("/bin/busybox", Program);
        File.SetUnixFileMode(Program, (UnixFileMode)0x1ED);
    }

    private string Program => Path.Combine(_folder!, "runc");

    public void Dispose()
    {
        if (_folder is not null)
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    [Fact]
    public void The_one_that_is_found_is_roots_alone()
    {
        Assert.Null(RuncProgram.WhoElseMayChange(RuncProgram.Find()!));
        Assert.Null(RuncProgram.WhoElseMayChange(Program));
    }

    [Theory]
    [InlineData(0x1FD)]
    [InlineData(0x1EF)]
    public void A_program_others_may_write_is_none(int mode)
    {
        File.SetUnixFileMode(Program, (UnixFileMode)mode);
        Assert.Equal(Program, RuncProgram.WhoElseMayChange(Program));
    }

    [Fact]
    public void A_program_of_another_user_is_none()
    {
        OciTest.Run("chown", "65534", Program);
        Assert.Equal(Program, RuncProgram.WhoElseMayChange(Program));
    }

    [Fact]
    public void A_program_in_a_folder_others_may_write_is_none()
    {
        File.SetUnixFileMode(_folder!, (UnixFileMode)0x1F8);
        Assert.Equal(_folder, RuncProgram.WhoElseMayChange(Program));
    }

    [Theory]
    [InlineData("{0}/other/../other/runc", true)]
    [InlineData("../{1}/other/runc", true)]
    [InlineData("runc", false)]
    [InlineData("/{2}", false)]
    public void A_link_is_followed_and_all_it_leads_through_is_looked_at(string target, bool isOthers)
    {
        string other = Path.Combine(_folder!, "other");
        Directory.CreateDirectory(other);
        File.Copy(Program, Path.Combine(other, "runc"));
        OciTest.Run("chown", "65534", other);
        string link = Path.Combine(_folder!, "link");
        File.CreateSymbolicLink(link, string.Format(null, target, _folder, Path.GetFileName(_folder), Program));
        Assert.Equal(isOthers ? other : null, RuncProgram.WhoElseMayChange(link));
    }

    [Fact]
    public void A_link_that_leads_in_a_circle_and_a_path_that_leads_nowhere_are_none()
    {
        string link = Path.Combine(_folder!, "link");
        File.CreateSymbolicLink(link, link);
        Assert.NotNull(RuncProgram.WhoElseMayChange(link));
        Assert.NotNull(RuncProgram.WhoElseMayChange(Path.Combine(_folder!, "nothing")));
    }
}
