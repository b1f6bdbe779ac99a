using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.Versioning;
using System.Security.AccessControl;
using System.Security.Principal;
using System.Text.Json.Nodes;
using HcsPowerShell.Contract;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Local;
using HcsPowerShell.Interop.Native;
using HcsPowerShell.Native.Tests.Mocks;
using Xunit;

namespace HcsPowerShell.Native.Tests.Adapters;

/// <summary>Tests of the folder that only administrators and SYSTEM enter and change.</summary>
public sealed class PrivateFolderTests : IDisposable
{
    private const string OnlyMock = "Windows gives away no file, and its functions cannot be made to fail.";
    private const string NotUnderWine = "Wine shows a link of Unix as what it leads to, and inherits no access list.";

    private const string Administrators = "S-1-5-32-544";
    private const string LocalSystem = "S-1-5-18";
    private const string Users = "S-1-5-32-545";
    private const string Stranger = "S-1-5-21-1-2-3-1001";

    // The user of the mock.
    private const string User = "S-1-5-21-1-2-3-500";

    private const uint Full = 0x1F01FF;
    private const uint Read = 0x1200A9;
    private const uint GenericRead = 0xA0000000;
    private const uint AppendData = 0x4;
    private const uint Delete = 0x10000;
    private const uint TakeOwnership = 0x80000;
    private const uint GenericWrite = 0x40000000;

    private readonly MockSession _session = new();
    private readonly string _root = Directory.CreateTempSubdirectory("hcs-private-").FullName;
    private readonly string _folder;

    public PrivateFolderTests()
    {
        Assert.SkipWhen(
            OperatingSystem.IsWindows() && Elevation.IsElevated() is not true, "only an administrator makes such a folder");
        _folder = Path.Combine(_root, "folder");
    }

    public static bool IsWindows => OperatingSystem.IsWindows();

    [Fact]
    public void It_is_made_closed_to_all_others()
    {
        PrivateFolder.Ensure(_folder);
        if (OperatingSystem.IsWindows())
        {
            string[] allowed = [Administrators, LocalSystem, .. Wine.IsHost ? new[] { UserOfProcess() } : []];
            Assert.Empty(Allowed(_folder).Except(allowed));
            Assert.Contains(Allowed(_root), sid => !allowed.Contains(sid));
        }
        else
        {
            Assert.Equal(
                "O:BAG:BAD:P(A;OICI;FA;;;BA)(A;OICI;FA;;;SY)", MockLibrary.ComputeCore.LastDocument("CreateDirectoryW"));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_folder));
        }
    }

    [Fact]
    public void One_that_exists_is_kept_with_what_it_holds()
    {
        PrivateFolder.Ensure(_folder);
        string file = Path.Combine(_folder, "file");
        File.WriteAllText(file, "kept");
        PrivateFolder.Ensure(_folder);
        Assert.True(PrivateFolder.Exists(_folder));
        Assert.Equal("kept", File.ReadAllText(file));
    }

    [Fact]
    public void A_question_makes_nothing()
    {
        Assert.False(PrivateFolder.Exists(_folder));
        Assert.False(PrivateFolder.Exists(Path.Combine(_folder, "inner")));
        Assert.Empty(Directory.GetFileSystemEntries(_root));
    }

    [Fact]
    public void The_folder_above_must_exist()
    {
        HcsException refusal = Assert.Throws<HcsException>(() => PrivateFolder.Ensure(Path.Combine(_folder, "inner")));
        Assert.Equal(("CreateDirectoryW", unchecked((int)0x80070003)), (refusal.Function, refusal.HResult));
        Assert.Contains("inner", Told(refusal), StringComparison.Ordinal);
    }

    [Fact]
    public void A_path_may_be_long()
    {
        string path = _root;
        while (path.Length < 400)
        {
            path = Path.Combine(path, new string('x', 100));
            PrivateFolder.Ensure(path);
            Assert.True(PrivateFolder.Exists(path));
        }
    }

    [Fact]
    public void A_file_is_refused()
    {
        File.WriteAllText(_folder, "mine");
        Refused("is a file or a link");
        Assert.Equal("mine", File.ReadAllText(_folder));
    }

    [Theory(Skip = NotUnderWine, SkipWhen = nameof(Wine.IsHost), SkipType = typeof(Wine))]
    [InlineData(true)]
    [InlineData(false)]
    public void A_link_is_refused_wherever_it_leads(bool exists)
    {
        string target = Path.Combine(_root, "target");
        if (exists)
        {
            PrivateFolder.Ensure(target);
        }

        Directory.CreateSymbolicLink(_folder, target);
        Refused("is a file or a link");
        Assert.Equal(exists, Directory.Exists(target));
    }

    [Fact(Skip = NotUnderWine, SkipWhen = nameof(Wine.IsHost), SkipType = typeof(Wine))]
    public void A_folder_that_was_made_in_another_way_is_refused()
    {
        Directory.CreateDirectory(_folder);
        Refused("can be changed by S-1-");
    }

    public static TheoryData<string, string> Trusted => new()
    {
        { Administrators, "" },
        { LocalSystem, $"0,3,{Full},{Administrators}" },
        { User, $"0,3,{Full},{User}" },
        { Administrators, $"0,3,{Read},{Users} 0,3,{GenericRead},{Stranger}" },
        { Administrators, $"0,19,{Full},{Administrators} 0,19,{Full},{LocalSystem}" },
        { Administrators, $"1,0,{Full},{SecurityDescriptor.Everyone}" },
    };

    [Theory(Skip = OnlyMock, SkipWhen = nameof(IsWindows))]
    [MemberData(nameof(Trusted))]
    public void Only_administrators_and_the_system_need_to_own_and_change_it(string owner, string entries)
    {
        Give(owner, entries);
        PrivateFolder.Ensure(_folder);
        Assert.True(PrivateFolder.Exists(_folder));
    }

    public static TheoryData<string, string, string> Untrusted => new()
    {
        { Stranger, $"0,3,{Full},{Administrators}", "belongs to " + Stranger },
        { Users, $"0,3,{Full},{Administrators}", "belongs to " + Users },
        { Administrators, $"0,3,{Full},{LocalSystem} 0,3,{Full},{Stranger}", "can be changed by " + Stranger },
        { Administrators, $"0,2,{Read | AppendData},{Users}", "can be changed by " + Users },
        { Administrators, $"0,11,{Delete},{Users}", "can be changed by " + Users },
        { Administrators, $"0,3,{TakeOwnership},{Users}", "can be changed by " + Users },
        { Administrators, $"0,11,{GenericWrite},S-1-3-0", "can be changed by S-1-3-0" },
        { Administrators, $"0,19,{Read},{Users}", "can be changed by " + Users },
        { Administrators, $"1,3,{Full},{Users} 0,3,{Full},{Users}", "can be changed by " + Users },
        { Administrators, $"9,3,{Read},{Users}", "can be changed by an entry of type 9" },
        { Administrators, "none", "can be changed by " + SecurityDescriptor.Everyone },
    };

    [Theory(Skip = OnlyMock, SkipWhen = nameof(IsWindows))]
    [MemberData(nameof(Untrusted))]
    public void A_folder_that_another_owns_or_may_change_is_refused(string owner, string entries, string reason)
    {
        Give(owner, entries);
        Refused(reason);
    }

    [Theory(Skip = OnlyMock, SkipWhen = nameof(IsWindows))]
    [InlineData(User, Administrators, "belongs to " + User)]
    [InlineData(Administrators, User, "can be changed by " + User)]
    public void A_user_who_is_not_elevated_is_as_any_other(string owner, string writer, string reason)
    {
        MockLibrary.VmCompute.SetElevated(false);
        Give(owner, $"0,3,{Full},{writer}");
        Refused(reason);
    }

    [Theory(Skip = OnlyMock, SkipWhen = nameof(IsWindows))]
    [InlineData("ConvertStringSecurityDescriptorToSecurityDescriptorW")]
    [InlineData("CreateDirectoryW")]
    [InlineData("CreateFileW")]
    [InlineData("GetFileInformationByHandleEx")]
    [InlineData("GetKernelObjectSecurity")]
    [InlineData("OpenProcessToken")]
    [InlineData("GetTokenInformation")]
    [InlineData("GetTokenInformation", 2)]
    public void A_refusal_of_the_system_names_the_call_and_the_folder(string function, int nth = 1)
    {
        PrivateFolder.Ensure(_folder);
        Plan(function, HResult.DiskFull, nth);
        HcsException refusal = Assert.Throws<HcsException>(() => PrivateFolder.Ensure(_folder));
        Assert.Equal((function, HResult.DiskFull), (refusal.Function, refusal.HResult));
        Assert.Contains(_folder, Told(refusal), StringComparison.Ordinal);
    }

    [Fact(Skip = OnlyMock, SkipWhen = nameof(IsWindows))]
    public void Who_is_no_administrator_has_no_access()
    {
        Plan("CreateDirectoryW", unchecked((int)0x8007051B));
        Assert.True(Assert.Throws<HcsException>(() => PrivateFolder.Ensure(_folder)).IsAccessDenied);
        Plan("CreateFileW", HResult.AccessDenied);
        Assert.True(Assert.Throws<HcsException>(() => PrivateFolder.Exists(_folder)).IsAccessDenied);
    }

    [Fact(Skip = OnlyMock, SkipWhen = nameof(IsWindows))]
    public void A_folder_that_goes_away_meanwhile_is_told()
    {
        Plan("CreateDirectoryW", unchecked((int)0x800700B7));
        HcsException refusal = Assert.Throws<HcsException>(() => PrivateFolder.Ensure(_folder));
        Assert.Equal(("CreateDirectoryW", HResult.FileNotFound), (refusal.Function, refusal.HResult));
    }

    public void Dispose()
    {
        if (OperatingSystem.IsLinux())
        {
            Assert.DoesNotContain(OpenFiles(), f => f.StartsWith(_root, StringComparison.Ordinal) || f.Contains("memfd:token", StringComparison.Ordinal));
        }

        Directory.Delete(_root, recursive: true);
        _session.Dispose();
    }

    private static void Plan(string function, int hresult, int nth = 1)
    {
        MockLibrary.ComputeCore.SetFault(function, MockFault.Call, hresult, nth: nth);
        MockLibrary.VmCompute.SetFault(function, MockFault.Call, hresult, nth: nth);
    }

    private static string Told(HcsException refusal) =>
        JsonNode.Parse(refusal.ResultDocument!)!["ErrorMessage"]!.GetValue<string>();

    private static IEnumerable<string> OpenFiles() => Directory.GetFileSystemEntries("/proc/self/fd")
        .Select(f => new FileInfo(f).LinkTarget).OfType<string>();

    [SupportedOSPlatform("windows")]
    private static string UserOfProcess() => WindowsIdentity.GetCurrent().User!.Value;

    [SupportedOSPlatform("windows")]
    private static string[] Allowed(string folder) =>
    [
        .. new DirectoryInfo(folder).GetAccessControl()
            .GetAccessRules(includeExplicit: true, includeInherited: true, typeof(SecurityIdentifier))
            .Cast<FileSystemAccessRule>().Select(r => r.IdentityReference.Value),
    ];

    /// <summary>Refused by both calls, with a text that names the folder, the reason and the remedy.</summary>
    private void Refused(string reason)
    {
        foreach (Action call in new Action[] { () => PrivateFolder.Ensure(_folder), () => PrivateFolder.Exists(_folder) })
        {
            HcsException refusal = Assert.Throws<HcsException>(call);
            Assert.True(refusal.IsAccessDenied, refusal.Message);
            string told = Told(refusal);
            Assert.StartsWith($"'{_folder}' {reason}", told, StringComparison.Ordinal);
            Assert.Contains("delete it", told, StringComparison.Ordinal);
        }
    }

    /// <summary>Makes the folder with an owner and entries of a type, flags, rights and a security identifier.</summary>
    private void Give(string owner, string entries)
    {
        Directory.CreateDirectory(_folder);
        byte[][] list = entries is "" or "none" ? [] : [.. entries.Split(' ').Select(Entry)];
        byte[] sid = Sid(owner);
        byte[] body = [.. list.SelectMany(e => e)];
        MockLibrary.VmCompute.SetSecurity(
            _folder,
            [
                1, 0, .. BitConverter.GetBytes((ushort)0x8004),
                .. BitConverter.GetBytes(20), .. new byte[8], .. BitConverter.GetBytes(entries == "none" ? 0 : 20 + sid.Length),
                .. sid,
                2, 0, .. BitConverter.GetBytes((ushort)(8 + body.Length)), .. BitConverter.GetBytes(list.Length), .. body,
            ]);
    }

    private static byte[] Entry(string entry)
    {
        string[] parts = entry.Split(',');
        byte[] sid = Sid(parts[3]);
        return
        [
            (byte)Number(parts[0]), (byte)Number(parts[1]), .. BitConverter.GetBytes((ushort)(8 + sid.Length)),
            .. BitConverter.GetBytes(Number(parts[2])), .. sid,
        ];
    }

    private static byte[] Sid(string sid)
    {
        string[] parts = sid.Split('-');
        return
        [
            1, (byte)(parts.Length - 3), 0, 0, 0, 0, 0, (byte)Number(parts[2]),
            .. parts.Skip(3).SelectMany(p => BitConverter.GetBytes(Number(p))),
        ];
    }

    private static uint Number(string text) => uint.Parse(text, CultureInfo.InvariantCulture);
}
