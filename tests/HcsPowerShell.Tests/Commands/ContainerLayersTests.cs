using System;
using System.IO;
using System.Management.Automation;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Commands;

/// <summary>Tests of New-HcsContainer with the folders of layers, and with a scratch that it makes.</summary>
public sealed class ContainerLayersTests(OciSession oci) : LayerTests(oci)
{
    private const string LayersOf = "(ConvertTo-HcsJson $c | ConvertFrom-HcsJson).Layers";

    [Fact]
    public void Folders_are_found_from_where_the_session_is_and_get_their_ids()
    {
        AddPrograms();
        NewLayer("top");
        File.WriteAllText(At("top", "hello.txt"), "top");
        Session.Get("$c = New-HcsContainer -Layer top, ./base -Start");
        Assert.Equal(["top"], Texts("Invoke-HcsProcess $c cat /hello.txt"));
        Assert.Equal([At("top"), At("base")], Texts($"{LayersOf}.Path"));
        Assert.Equal(Texts("(Get-HcsLayer top, base).LayerId"), Texts($"{LayersOf}.ID"));
    }

    [Fact]
    public void Containers_share_their_read_only_layers()
    {
        AddPrograms();
        File.WriteAllText(At("base", "hello.txt"), "shared");
        Session.Get("$many = 1..2 | ForEach-Object { New-HcsContainer -Layer base -Start }");
        Assert.Equal(["shared", "shared"], Texts("$many | Invoke-HcsProcess cat /hello.txt"));
    }

    [Fact]
    public void A_layer_with_an_id_is_sent_as_it_is()
    {
        Session.Get("$c = New-HcsContainer -Layer @{ ID = 'mine'; Path = (Convert-Path base) }");
        Assert.Equal(["mine"], Texts($"{LayersOf}.ID"));
    }

    [Fact]
    public void A_scratch_is_made_in_a_new_folder_and_kept_for_the_next_container()
    {
        AddPrograms();
        foreach (string script in new[] { "echo kept > /file", "cat /file" })
        {
            Session.Get("$c = New-HcsContainer -Layer base -LayerFolderPath $f -Start", ("f", At("kept")));
            Assert.Equal(
                script.StartsWith("cat", StringComparison.Ordinal) ? ["kept"] : [],
                Texts("Invoke-HcsProcess $c -- sh -c $s", ("s", script)));
            Session.Get("Stop-HcsContainer $c -Force");
        }

        Assert.Equal("Scratch", Session.Single("Get-HcsLayer kept").Kind.ToString());
    }

    [Fact]
    public void A_scratch_of_its_own_goes_with_the_container_and_stays_over_a_restart()
    {
        AddPrograms();
        Session.Get("$c = New-HcsContainer -Layer base -Start");
        string scratch = Session.Single("$c.LayerFolderPath");
        Assert.Equal(false, Session.Single("$c.KeepsScratch"));
        Assert.Equal(scratch, Session.Single("(Get-HcsContainer $c.Id).LayerFolderPath"));
        Session.Get("Invoke-HcsProcess $c -- sh -c 'echo kept > /file'");
        Session.Get("Restart-HcsContainer $c -Force");
        Assert.Equal(["kept"], Texts("Invoke-HcsProcess $c cat /file"));
        Assert.Equal(Texts("$c.Id"), Texts("(Get-HcsLayer $f).UsedBy", ("f", scratch)));
        Session.Run("Remove-HcsLayer $f", ("f", scratch)).RequireError("HcsLayerInUse", ErrorCategory.ResourceBusy);
        Session.Get("Stop-HcsContainer $c -Force");
        Assert.False(Directory.Exists(scratch));
        Assert.DoesNotContain(scratch, Texts("Get-HcsLayer"));
    }

    [Fact]
    public void A_container_that_has_exited_is_restarted_with_a_new_scratch()
    {
        AddPrograms();
        Session.Get("$c = New-HcsContainer -Layer base -Start; Invoke-HcsProcess $c -- sh -c 'echo 1 > /file'");
        Session.Get("Stop-HcsContainer $c -Force; Restart-HcsContainer $c");
        Assert.Equal(["no"], Texts("Invoke-HcsProcess $c -- sh -c 'test -e /file && echo yes || echo no'"));
        Session.Get("Stop-HcsContainer $c -Force");
    }

    [Fact]
    public void A_scratch_is_kept_when_that_is_asked_for_and_can_be_used_again()
    {
        AddPrograms();
        Session.Get("$c = New-HcsContainer -Layer base -KeepScratch -Start; $f = $c.LayerFolderPath");
        Session.Get("Invoke-HcsProcess $c -- sh -c 'echo kept > /file'; Stop-HcsContainer $c -Force");
        Assert.Contains(Texts("$f")[0], Texts("Get-HcsLayer"));
        Assert.Empty(Session.Get("Get-HcsLayer -Orphaned"));
        Session.Get("$c = New-HcsContainer -Layer base -LayerFolderPath $f -Start");
        Assert.Equal(["kept"], Texts("Invoke-HcsProcess $c cat /file"));
        Session.Get("Stop-HcsContainer $c -Force; Remove-HcsLayer $f");
        Assert.DoesNotContain(Texts("$f")[0], Texts("Get-HcsLayer"));
    }

    [Fact]
    public void A_scratch_is_made_in_an_empty_folder_too()
    {
        Directory.CreateDirectory(At("empty"));
        Session.Get("$c = New-HcsContainer -Layer base -LayerFolderPath empty; Stop-HcsContainer $c -Force");
        Assert.Equal("Scratch", Session.Single("Get-HcsLayer empty").Kind.ToString());
    }

    [Fact]
    public void A_container_that_cannot_start_leaves_no_scratch()
    {
        // What is mounted may belong to the host of another test.
        const string Scratches = "Get-HcsLayer | Where-Object Path -like '*/scratches/*' | ForEach-Object Path";
        string[] before = Texts(Scratches);
        Assert.Single(Session.Run("New-HcsContainer -Layer base -MappedDirectory /no/such/folder:/x -Start").Errors);
        Assert.Equal(before, Texts(Scratches));
    }

    [Fact]
    public void A_scratch_is_not_used_with_other_layers()
    {
        NewLayer("other");
        Session.Get("$null = New-HcsLayer app -ParentLayer base");
        Session.Run("New-HcsContainer -Layer other -LayerFolderPath app").RequireError(
            "HcsLayerOfOtherParents", ErrorCategory.InvalidArgument);
    }

    [Theory]
    [InlineData("-MappedDirectory /no/such/folder:/x")]
    [InlineData("-WhatIf")]
    public void No_scratch_is_left_without_its_container(string parameter)
    {
        ScriptResult result = Session.Run(
            $"New-HcsContainer -Layer base -LayerFolderPath $f {parameter}", ("f", At("new")));
        Assert.Empty(result.Output);
        Assert.Equal(parameter == "-WhatIf" ? 0 : 1, result.Errors.Count);
        Assert.False(Directory.Exists(At("new")));
    }

    [Fact]
    public void A_folder_that_is_not_there_is_refused_before_anything_is_made()
    {
        ScriptResult result = Session.Run(
            "New-HcsContainer -Layer base, nowhere -LayerFolderPath $f", ("f", At("new")));
        result.RequireError("HcsLayerParentMissing", ErrorCategory.ObjectNotFound);
        Assert.False(Directory.Exists(At("new")));
    }

    [Fact]
    public void Isolation_Process_refuses_by_name()
    {
        using var other = new Session();
        ErrorRecord error = Session.Run("New-HcsContainer -Layer base -HcsHost $n", ("n", other.HostName))
            .RequireError("HcsNotSupported", ErrorCategory.NotImplemented);
        Assert.Contains("Isolation Process has no layers", error.ToString(), StringComparison.Ordinal);
    }
}
