using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Commands;

/// <summary>
/// Tests of the commands for images, with an OCI layout that each test makes by umoci and imports under a name of its own:
/// the store belongs to the machine.
/// </summary>
public sealed class ImageCommandTests : LayerTests
{
    private const string Make =
        """
        tar -cf layer.tar -C base .
        umoci init --layout layout
        umoci new --image layout:one
        umoci raw add-layer --image layout:one layer.tar
        umoci config --image layout:one --config.entrypoint /bin/sh --config.entrypoint -c `
            --config.cmd 'echo $GREETING from $PWD' --config.env GREETING=hello --config.workingdir /bin `
            --config.volume /data
        """;

    private readonly string _name = "test-" + Guid.NewGuid().ToString("N");

    public ImageCommandTests(OciSession oci)
        : base(oci)
    {
        foreach (string program in new[] { "skopeo", "umoci" })
        {
            Assert.SkipUnless(File.Exists("/usr/bin/" + program), $"Needs the package {program}.");
        }

        AddPrograms();

        // Otherwise two tests had one image.
        File.WriteAllText(At("base", "id.txt"), _name);
        Session.Get(Make);
    }

    protected override void Disposed()
    {
        Session.Get("Get-HcsContainer | Stop-HcsContainer -Force -Confirm:$false");
        Session.Run("Remove-HcsImage \"$n*\"", ("n", _name)).RequireNoErrors();
        base.Disposed();
    }

    private dynamic Import() => Session.Single("Import-HcsImage layout -Name $n", ("n", _name));

    [Fact]
    public void An_image_is_imported_listed_and_removed()
    {
        dynamic made = Import();
        dynamic listed = Session.Single("Get-HcsImage $n", ("n", _name));
        foreach (dynamic image in new[] { made, listed })
        {
            Assert.Equal(_name, (string)image.Name);
            Assert.Matches("^sha256:[0-9a-f]{64}$", (string)image.Digest);
            Assert.Equal("linux", (string)image.OS);
            Assert.Equal(["/bin/sh", "-c"], (IReadOnlyList<string>)image.Entrypoint);
            Assert.Equal(["echo $GREETING from $PWD"], (IReadOnlyList<string>)image.Command);
            Assert.Equal("/bin", (string)image.WorkingDirectory);
            Assert.Contains("GREETING", (IReadOnlyList<string>)image.Environment);
            Assert.Equal(["Volumes"], (IReadOnlyList<string>)image.Ignored);
            Assert.Equal(_name, File.ReadAllText(Path.Combine(((IReadOnlyList<string>)image.Layers)[0], "id.txt")));
            Assert.Equal(Session.HostName, (string)image.HcsHost);
        }

        Session.Get("Get-HcsImage $n | Remove-HcsImage", ("n", _name));
        ErrorRecord error = Session.Run("Get-HcsImage $n", ("n", _name))
            .RequireError("HcsImageNotFound", ErrorCategory.ObjectNotFound);
        Assert.Equal(_name, error.TargetObject);
        Assert.False(Directory.Exists(((IReadOnlyList<string>)made.Layers)[0]));
    }

    [Fact]
    public void An_archive_is_read_and_nothing_is_unpacked()
    {
        dynamic image = Session.Single("Get-HcsImage -Path layout");
        Assert.Equal(["/bin/sh", "-c"], (IReadOnlyList<string>)image.Entrypoint);
        Assert.Empty((IReadOnlyList<string>)image.Layers);
        Session.Run("Get-HcsImage -Path base").RequireError("HcsImageUnreadable", ErrorCategory.InvalidData);
        Session.Run("Get-HcsImage -Path nowhere").RequireError("HcsImageNotFound", ErrorCategory.ObjectNotFound);
    }

    [Fact]
    public void A_container_runs_the_entry_point_with_the_defaults_of_the_image()
    {
        Import();
        Session.Get("$c = New-HcsContainer -Image $n -Start", ("n", _name));
        Assert.Equal(["hello from /bin"], Texts("Invoke-HcsProcess $c"));
        Assert.Equal(["hello from /bin"], Texts("$c | Invoke-HcsProcess"));
        Assert.Equal(
            ["bye from /"], Texts("Invoke-HcsProcess $c -Environment @{ GREETING = 'bye' } -WorkingDirectory /"));
        Assert.Equal(["hello"], Texts("Invoke-HcsProcess $c -- sh -c 'echo $GREETING'"));
        Assert.Equal("/bin/sh", (string)Session.Single("$p = Start-HcsProcess $c; $null = Wait-HcsProcess $p; $p").Program);
    }

    [Fact]
    public void A_container_that_is_started_later_has_the_defaults_of_its_image_too()
    {
        Import();
        Session.Get("$c = New-HcsContainer -Image $n; Start-HcsContainer $c", ("n", _name));
        Assert.Equal(["hello from /bin"], Texts("Invoke-HcsProcess $c"));
        Assert.Equal("/bin/sh", (string)Session.Single("$p = Start-HcsProcess $c.Id; $null = Wait-HcsProcess $p; $p").Program);
    }

    // The other session alone sees the folder of programs without this one.
    [Theory]
    [InlineData("skopeo")]
    [InlineData("umoci")]
    public void A_program_that_is_missing_is_named_with_its_package(string program)
    {
        Directory.CreateDirectory(At("hidden"));
        string hide = $"mknod hidden/{program} c 0 0 && mount -t overlay none -o lowerdir=hidden:/usr/bin /usr/bin && exec \"$@\"";
        string script = "Connect-HcsHost -Embedded -Isolation Oci;"
            + $" try {{ Import-HcsImage layout -Name {_name} -ErrorAction Stop }}"
            + " catch { $_.FullyQualifiedErrorId; $_.CategoryInfo.Category; \"$_\" }; Get-HcsImage | Where-Object Name -EQ "
            + _name;
        PwshResult result = Pwsh.Run(new PwshStart("-Command", script)
        {
            Launcher = ["unshare", "-m", "sh", "-c", $"cd '{At()}' && {hide}", "sh"],
        });
        Assert.Equal(string.Empty, result.Error);
        Assert.Equal(
            [
                "HcsToolMissing,HcsPowerShell.Commands.ImportHcsImageCommand",
                "NotInstalled",
                $"Cannot import image 'layout': '{program}' is not installed."
                    + $" On Debian and Ubuntu the package {program} has it.",
            ],
            result.Output);
    }

    [Theory]
    [InlineData("Import-HcsImage layout -Name $n", "Importing an image", "layout")]
    [InlineData("Remove-HcsImage $n", "Removing an image", null)]
    [InlineData("New-HcsContainer web -Image $n", "Creating a container on layers", "web")]
    public void The_progress_names_the_target_and_ends(string command, string activity, string? target)
    {
        Import();
        RequireProgress(command, activity, target ?? _name, Again, ("n", _name));

        void Again()
        {
            Session.Get("Get-HcsContainer | Stop-HcsContainer -Force -Confirm:$false");
            Import();
        }
    }

    [Fact]
    public void A_restart_keeps_the_image()
    {
        Import();
        Session.Get("$c = New-HcsContainer -Image $n -Start; Restart-HcsContainer $c -Force", ("n", _name));
        Assert.Equal(["hello from /bin"], Texts("Invoke-HcsProcess $c"));
    }

    [Fact]
    public void Containers_on_one_image_have_a_scratch_each()
    {
        Import();
        Session.Get(
            "$a, $b = 1..2 | ForEach-Object { New-HcsContainer -Image $n -Start };"
                + " Invoke-HcsProcess $a -- sh -c 'echo a > /note'",
            ("n", _name));
        Assert.Equal(["a"], Texts("Invoke-HcsProcess $a cat /note"));
        Assert.Equal(["no"], Texts("Invoke-HcsProcess $b -- sh -c '[ -e /note ] && echo yes || echo no'"));
    }

    [Fact]
    public void A_scratch_in_a_folder_is_made_and_kept()
    {
        Import();
        Session.Get(
            "$c = New-HcsContainer -Image $n -LayerFolderPath $f -Start; Invoke-HcsProcess $c -- sh -c 'echo a > /note';"
                + " Stop-HcsContainer $c -Force",
            ("n", _name),
            ("f", At("kept")));
        Assert.Equal(["a"], Texts("Get-Content (Join-Path (Mount-HcsLayer kept).VolumePath note); Dismount-HcsLayer kept"));
        Assert.Equal(
            ["a"],
            Texts(
                "$c = New-HcsContainer -Image $n -LayerFolderPath $f -Start; Invoke-HcsProcess $c cat /note",
                ("n", _name),
                ("f", At("kept"))));
    }

    [Fact]
    public void An_image_in_use_is_not_removed()
    {
        Import();
        Session.Get("$c = New-HcsContainer -Image $n -Start", ("n", _name));
        Session.Run("Remove-HcsImage $n", ("n", _name)).RequireError("HcsImageInUse", ErrorCategory.ResourceBusy);
        Assert.Equal(["hello from /bin"], Texts("Invoke-HcsProcess $c"));
        Session.Get("Stop-HcsContainer $c -Force");
        Session.Run("Remove-HcsImage $n", ("n", _name)).RequireNoErrors();
    }

    [Fact]
    public void A_scratch_is_made_above_an_image()
    {
        Import();
        Session.Get("$null = New-HcsLayer app -ParentLayer (Get-HcsImage $n)", ("n", _name));
        Assert.Equal(
            [_name], Texts("Get-Content (Join-Path (Mount-HcsLayer app).VolumePath id.txt); Dismount-HcsLayer app"));
    }

    [Theory]
    [InlineData("New-HcsContainer -Image nowhere", "HcsImageNotFound", ErrorCategory.ObjectNotFound)]
    [InlineData("New-HcsContainer -Image nowhere -Layer base", "HcsInvalidConfiguration", ErrorCategory.InvalidData)]
    [InlineData("Remove-HcsImage nowhere", "HcsImageNotFound", ErrorCategory.ObjectNotFound)]
    [InlineData("Import-HcsImage base", "HcsImageUnreadable", ErrorCategory.InvalidData)]
    [InlineData("Import-HcsImage nowhere", "HcsImageNotFound", ErrorCategory.ObjectNotFound)]
    [InlineData("Import-HcsImage -Reference 127.0.0.1:1/nowhere", "HcsRegistryRefused", ErrorCategory.ConnectionError)]
    public void What_is_not_there_is_refused(string command, string id, ErrorCategory category) =>
        Session.Run(command).RequireError(id, category);

    [Fact]
    public void WhatIf_imports_and_removes_nothing()
    {
        Assert.Empty(Session.Get("Import-HcsImage layout -Name $n -WhatIf", ("n", _name)));
        Assert.Empty(Session.Get("Get-HcsImage \"$n*\"", ("n", _name)));
        Import();
        Session.Get("Remove-HcsImage $n -WhatIf; Get-HcsImage $n | Remove-HcsImage -WhatIf", ("n", _name));
        Assert.Single(Session.Get("Get-HcsImage $n", ("n", _name)));
    }
}
