using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using HcsPowerShell.Interop.VirtualDisks;
using Xunit;

namespace HcsPowerShell.Interop.Tests.VirtualDisks;

/// <summary>Tests the parents that the file of a virtual disk names, also where its author lies.</summary>
public sealed class VirtualDiskChainTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("disks").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_file_that_is_no_virtual_disk_is_alone()
    {
        Assert.Equal(["a.iso"], Chain(Write("a.iso", [1, 2, 3])));
        Assert.Equal(["empty"], Chain(Write("empty", [])));
    }

    [Fact]
    public void A_disk_without_a_parent_is_alone()
    {
        Assert.Equal(["a.vhdx"], Chain(Write("a.vhdx", MadeDisk.Vhdx())));
        Assert.Equal(["a.vhd"], Chain(Write("a.vhd", MadeDisk.Vhd())));
    }

    [Fact]
    public void The_parents_are_found_by_their_relative_paths_across_both_formats()
    {
        Write("base/b.vhd", MadeDisk.Vhd());
        Write("base/c.vhd", MadeDisk.Vhd(relative: @".\b.vhd"));
        string child = Write("d.avhdx", MadeDisk.Vhdx(("parent_linkage", "{83ed0ec3-24c8-49a6-a959-5e4bd1288791}"), ("relative_path", @".\base\c.vhd")));
        Assert.Equal(["d.avhdx", "base/c.vhd", "base/b.vhd"], Chain(child));
    }

    [Fact]
    public void The_absolute_path_is_taken_where_the_relative_one_leads_nowhere()
    {
        string parent = Write("base.vhdx", MadeDisk.Vhdx());
        Assert.Equal(
            ["a.vhdx", "base.vhdx"],
            Chain(Write("a.vhdx", MadeDisk.Vhdx(("relative_path", @"..\none.vhdx"), ("absolute_win32_path", parent)))));
        Assert.Equal(["a.vhd", "base.vhdx"], Chain(Write("a.vhd", MadeDisk.Vhd(@"none.vhd", parent))));
    }

    [Fact]
    public void A_parent_that_is_not_there_is_named()
    {
        VirtualDiskException failure = Refused(
            VirtualDiskProblem.ParentMissing, Write("a.vhdx", MadeDisk.Vhdx(("relative_path", @".\none.vhdx"))));
        Assert.Contains(Path.Combine(_folder, "none.vhdx"), failure.Message, StringComparison.Ordinal);
        Refused(VirtualDiskProblem.NotFound, Path.Combine(_folder, "nowhere.vhdx"));
        Refused(VirtualDiskProblem.NotFound, Path.Combine(_folder, "nowhere", "a.vhdx"));
    }

    [Fact]
    public void A_disk_among_its_own_parents_is_refused()
    {
        Refused(VirtualDiskProblem.ChainLoop, Write("self.vhdx", MadeDisk.Vhdx(("relative_path", @".\self.vhdx"))));
        Write("b.vhdx", MadeDisk.Vhdx(("relative_path", @".\a.vhdx")));
        Refused(VirtualDiskProblem.ChainLoop, Write("a.vhdx", MadeDisk.Vhdx(("relative_path", @".\x\..\b.vhdx"))));
    }

    [Fact]
    public void A_chain_of_more_parents_than_anyone_has_is_refused()
    {
        foreach (int number in Enumerable.Range(0, 66))
        {
            Write($"{number}.vhdx", number == 65 ? MadeDisk.Vhdx() : MadeDisk.Vhdx(("relative_path", $@".\{number + 1}.vhdx")));
        }

        Refused(VirtualDiskProblem.ChainLoop, Path.Combine(_folder, "0.vhdx"));
        Assert.Equal(65, VirtualDiskChain.Of(Path.Combine(_folder, "1.vhdx")).Count);
    }

    [Fact]
    public void A_parent_that_is_no_disk_is_refused()
    {
        string secret = Write("secret.txt", [.. Enumerable.Repeat((byte)'x', 2000)]);
        Refused(VirtualDiskProblem.ParentRefused, Write("a.vhdx", MadeDisk.Vhdx(("absolute_win32_path", secret))));
    }

    [Theory]
    [InlineData(@"\\server\share\base.vhdx")]
    [InlineData(@"\\?\UNC\server\share\base.vhdx")]
    [InlineData(@"\\.\PhysicalDrive0")]
    [InlineData(@"\\?\Volume{b34e4d4d-0000-0000-0000-100000000000}\base.vhdx")]
    [InlineData(@".\base.vhdx:stream")]
    public void A_parent_on_another_computer_a_device_and_a_stream_are_not_opened(string path)
    {
        Write("base.vhdx", MadeDisk.Vhdx());
        Refused(VirtualDiskProblem.ParentRefused, Write("a.vhdx", MadeDisk.Vhdx(("absolute_win32_path", path))));
        Refused(VirtualDiskProblem.ParentRefused, Write("a.vhd", MadeDisk.Vhd(absolute: path)));
    }

    public static TheoryData<string, Action<byte[]>> Damages => new()
    {
        { "no regions", file => MadeDisk.Number(file, 192 << 10, 0) },
        { "too many regions", file => MadeDisk.Number(file, (192 << 10) + 8, int.MaxValue) },
        { "metadata outside the file", file => MadeDisk.Number(file, (192 << 10) + 64, int.MaxValue) },
        { "metadata at a negative place", file => MadeDisk.Number(file, (192 << 10) + 68, -1) },
        { "no metadata there", file => MadeDisk.Number(file, MadeDisk.VhdxMetadata, 0) },
        { "too many items", file => MadeDisk.Number(file, MadeDisk.VhdxMetadata + 8, -1) },
        { "no items", file => MadeDisk.Number(file, MadeDisk.VhdxMetadata + 8, 0) },
        { "a locator outside the file", file => MadeDisk.Number(file, MadeDisk.VhdxMetadata + 64 + 16, int.MaxValue) },
        { "a huge locator", file => MadeDisk.Number(file, MadeDisk.VhdxMetadata + 64 + 20, int.MaxValue) },
        { "a short locator", file => MadeDisk.Number(file, MadeDisk.VhdxMetadata + 64 + 20, 10) },
        { "a locator of another kind", file => MadeDisk.Number(file, MadeDisk.VhdxLocator, 1) },
        { "too many names", file => MadeDisk.Number(file, MadeDisk.VhdxLocator + 16, -1) },
        { "a name outside the locator", file => MadeDisk.Number(file, MadeDisk.VhdxLocator + 24, int.MaxValue) },
        { "a name of half a character", file => MadeDisk.Number(file, MadeDisk.VhdxLocator + 28, 3) },
        { "a name with a control character", file => MadeDisk.Number(file, MadeDisk.VhdxLocator + 32 + 26, 1) },
    };

    [Theory]
    [MemberData(nameof(Damages))]
    public void A_damaged_file_is_refused_and_says_so(string what, Action<byte[]> damage)
    {
        byte[] file = MadeDisk.Vhdx(("relative_path", @".\base.vhdx"));
        damage(file);
        VirtualDiskException failure = Refused(VirtualDiskProblem.Unreadable, Write("a.vhdx", file));
        Assert.True(failure.Message.Contains("damaged", StringComparison.Ordinal), what);
    }

    [Theory]
    [InlineData(MadeDisk.VhdHeader, 0)]
    [InlineData(MadeDisk.VhdHeader + 576 + 24 + 8, -1)]
    [InlineData(MadeDisk.VhdHeader + 576 + 24 + 16, -1)]
    [InlineData(4096 - 512 + 16, -1)]
    public void A_damaged_VHD_file_is_refused(int place, int number)
    {
        byte[] file = MadeDisk.Vhd(@".\base.vhd");
        MadeDisk.Number(file, place, number);
        Refused(VirtualDiskProblem.Unreadable, Write("a.vhd", file));
    }

    [Fact]
    public void A_file_that_ends_anywhere_is_refused_or_has_no_parent()
    {
        byte[] whole = MadeDisk.Vhdx(("relative_path", @".\base.vhdx"));
        foreach (int length in new[] { 8, 192 << 10, (192 << 10) + 5, MadeDisk.VhdxMetadata + 3, MadeDisk.VhdxLocator + 21 })
        {
            Refused(VirtualDiskProblem.Unreadable, Write("a.vhdx", whole[..length]));
        }
    }

    private string[] Chain(string path) =>
        [.. VirtualDiskChain.Of(path).Select(one => Path.GetRelativePath(_folder, one).Replace('\\', '/'))];

    private static VirtualDiskException Refused(VirtualDiskProblem problem, string path)
    {
        VirtualDiskException failure = Assert.Throws<VirtualDiskException>(() => VirtualDiskChain.Of(path));
        Assert.Equal(problem, failure.Problem);
        return failure;
    }

    private string Write(string name, byte[] content)
    {
        string path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
        return path;
    }
}
