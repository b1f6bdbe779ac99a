using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Commands;

/// <summary>Tests what the commands for virtual machines say where there are none, and what they check themselves.</summary>
public sealed class MachineCommandTests(Session session) : SessionTests(session)
{
    public static TheoryData<string, string> Problems => new()
    {
        { "NotFound", "HcsFileNotFound" },
        { "Unreadable", "HcsVirtualDiskUnreadable" },
        { "ParentMissing", "HcsVirtualDiskParentMissing" },
        { "ParentRefused", "HcsVirtualDiskParentRefused" },
        { "ChainLoop", "HcsVirtualDiskLoop" },
    };

    [Theory]
    [InlineData("Grant-HcsVMAccess web $f", "HcsGrantVmAccess")]
    [InlineData("Grant-HcsVMAccess -Group $f", "HcsGrantVmAccess")]
    [InlineData("Revoke-HcsVMAccess web $f", "HcsRevokeVmAccess")]
    [InlineData("Get-HcsHost -ProcessorTopology", "HcsGetServiceProperties")]
    [InlineData("Get-HcsHost -CpuGroup", "HcsGetServiceProperties")]
    [InlineData("Get-HcsHost | Get-HcsHost -ProcessorTopology", "HcsGetServiceProperties")]
    public void An_embedded_host_has_no_virtual_machines_and_says_so_by_name(string command, string function)
    {
        using var folder = new TemporaryFolder();
        string file = Path.Combine(folder.Path, "a.iso");
        File.WriteAllText(file, "disk");
        ErrorRecord error = Session.Run(command, ("f", file)).RequireError("HcsNotSupported", ErrorCategory.NotImplemented);
        Assert.Contains(function, error.ToString(), StringComparison.Ordinal);
        Assert.Contains("no virtual machines", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Save-HcsContainer $c (Join-Path $d state.vmrs)")]
    [InlineData("Debug-HcsContainer $c -Crash -Confirm:$false")]
    public void A_container_that_shares_the_kernel_is_refused_and_runs_on(string command)
    {
        using var folder = new TemporaryFolder();
        dynamic container = Session.NewRunning();
        ErrorRecord error = Session.Run(command, ("c", (object)container), ("d", folder.Path))
            .RequireError("HcsNotAMachine", ErrorCategory.InvalidType);
        Assert.Contains("shares the kernel", error.ToString(), StringComparison.Ordinal);
        Assert.Equal("Running", Session.StateOf((string)container.Id));
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Theory]
    [InlineData("Invoke-HcsProcess $c hostname -HostingSystem")]
    [InlineData("Start-HcsProcess $c hostname -HostingSystem")]
    public void An_embedded_host_runs_nothing_in_a_virtual_machine(string command)
    {
        dynamic container = Session.NewRunning();
        ErrorRecord error = Session.Run(command, ("c", (object)container)).RequireError("HcsNotSupported", ErrorCategory.NotImplemented);
        Assert.Contains("HcsCreateProcess", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("no virtual machines", error.ToString(), StringComparison.Ordinal);
        Assert.Contains((string)container.Id, error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Invoke-HcsProcess $c hostname -HostingSystem -WhatIf")]
    [InlineData("Start-HcsProcess $c hostname -HostingSystem -WhatIf")]
    [InlineData("Enter-HcsContainer $c -HostingSystem -WhatIf")]
    [InlineData("Save-HcsContainer $c (Join-Path $d state.vmrs) -WhatIf")]
    [InlineData("Debug-HcsContainer $c -Crash -WhatIf")]
    [InlineData("Grant-HcsVMAccess web $f -WhatIf")]
    [InlineData("Revoke-HcsVMAccess -Group $f -WhatIf")]
    public void WhatIf_asks_no_service(string command)
    {
        using var folder = new TemporaryFolder();
        string file = Path.Combine(folder.Path, "a.iso");
        File.WriteAllText(file, "disk");
        dynamic container = Session.NewRunning();
        Assert.Empty(Session.Get(command, ("c", (object)container), ("d", folder.Path), ("f", file)));
        Assert.Equal([file], Directory.GetFiles(folder.Path));
    }

    [Theory]
    [InlineData("nowhere/state.vmrs")]
    [InlineData("there.vmrs")]
    [InlineData(".")]
    public void A_file_that_cannot_be_made_ends_the_command_before_it_looks_for_the_container(string name)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(Path.Combine(folder.Path, "there.vmrs"), "old");
        ScriptResult result = Session.Run(
            "try { Save-HcsContainer none $f } catch { $_.FullyQualifiedErrorId }", ("f", Path.Combine(folder.Path, name)));
        Assert.StartsWith("HcsFileNotWritable", $"{Assert.Single(result.Output)}", StringComparison.Ordinal);
        Assert.Empty(result.Errors);
    }

    [Fact]
    public void Every_problem_of_a_virtual_disk_is_tried() => Assert.Equal(
        Session.Get("[Enum]::GetNames([HcsPowerShell.Interop.VirtualDiskProblem])").Select(name => (string)name.BaseObject),
        Problems.Select(problem => problem.Data.Item1));

    [Theory]
    [MemberData(nameof(Problems))]
    public void Each_problem_of_a_virtual_disk_has_an_error_of_its_own_and_advice(string problem, string id)
    {
        dynamic host = Session.Single("Get-HcsHost");
        Type errors = ((object)host).GetType().Assembly.GetType("HcsPowerShell.Errors.HcsErrors")!;
        PSObject failure = Session.Get(
            "[HcsPowerShell.Interop.VirtualDiskException]::new($p, '/disk', 'It is so.', $null)", ("p", problem)).Single();
        var error = (ErrorRecord)errors.GetMethod("From")!.Invoke(null, [failure.BaseObject, "grant it", "web"])!;
        Assert.Equal(id, error.FullyQualifiedErrorId);
        Assert.Equal("Cannot grant it: It is so.", error.ToString());
        Assert.NotEmpty(error.ErrorDetails.RecommendedAction);
    }

    [Fact]
    public void A_file_that_is_missing_grants_none_of_the_others()
    {
        using var folder = new TemporaryFolder();
        string file = Path.Combine(folder.Path, "a.iso");
        File.WriteAllText(file, "disk");
        Session.Run("Grant-HcsVMAccess web $f, \"$f.vhdx\"", ("f", file)).RequireError("HcsFileNotFound", ErrorCategory.ObjectNotFound);
        Session.Run("Grant-HcsVMAccess web \"$d/*.vhdx\"", ("d", folder.Path)).RequireError("HcsFileNotFound", ErrorCategory.ObjectNotFound);
    }

    [Fact]
    public void A_folder_is_refused_as_one()
    {
        using var folder = new TemporaryFolder();
        ErrorRecord error = Session.Run("Grant-HcsVMAccess web $d", ("d", folder.Path))
            .RequireError("HcsFileNotFound", ErrorCategory.ObjectNotFound);
        Assert.Contains("is a folder", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_drive_that_is_missing_is_named()
    {
        ErrorRecord error = Session.Run("Grant-HcsVMAccess web nowhere:/a.vhdx")
            .RequireError("HcsFileNotFound", ErrorCategory.ObjectNotFound);
        Assert.Contains("drive with the name 'nowhere'", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_cannot_be_read_is_granted_without_parents_and_a_warning_says_so()
    {
        // A link to itself cannot be opened by anybody, as on Windows a file that is in use.
        using var folder = new TemporaryFolder();
        string file = Path.Combine(folder.Path, "a.vhdx");
        File.CreateSymbolicLink(file, file);
        ScriptResult result = Session.Run(
            "Grant-HcsVMAccess web $f -WhatIf -WarningVariable warnings 3>$null; $warnings", ("f", file));
        Assert.Contains($"The parents of '{file}'", $"{Assert.Single(result.Output)}", StringComparison.Ordinal);
        Assert.Empty(result.Errors);
    }

    [Theory]
    [InlineData("HcsGrantVmGroupAccess", "Windows 10 2004")]
    [InlineData("HcsGrantVmAccess", "Windows 10 1809")]
    public void A_function_that_this_Windows_lacks_names_the_one_that_has_it(string function, string windows)
    {
        PSObject failure = Session.Get(
            "[HcsPowerShell.Interop.HcsException]::new($f, -2147024769, 'web', $null, [EntryPointNotFoundException]::new(), $null)",
            ("f", function)).Single();
        dynamic host = Session.Single("Get-HcsHost");
        Type errors = ((object)host).GetType().Assembly.GetType("HcsPowerShell.Errors.HcsErrors")!;
        var error = (ErrorRecord)errors.GetMethod("From")!.Invoke(null, [failure.BaseObject, "grant it", "web"])!;
        Assert.Equal("HcsApiNotSupported", error.FullyQualifiedErrorId);
        Assert.Contains(windows, error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }
}
