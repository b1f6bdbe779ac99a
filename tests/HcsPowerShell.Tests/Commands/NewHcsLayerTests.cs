using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Commands;

public sealed class NewHcsLayerTests(OciSession oci) : LayerTests(oci)
{
    private bool IsScratch(string name) => File.Exists(At(name, "layerchain.json"));

    [Fact]
    public void It_makes_a_scratch_and_writes_its_parents()
    {
        dynamic made = Session.Single("New-HcsLayer app -ParentLayer base");
        Assert.Equal(At("app"), (string)made.Path);
        Assert.Equal("Scratch", made.Kind.ToString());
        Assert.Equal([At("base")], (IReadOnlyList<string>)made.Parents);
        Assert.Null((string?)made.VolumePath);
        Assert.Equal($"""["{At("base")}"]""", File.ReadAllText(At("app", "layerchain.json")));
        Assert.False(File.Exists(At("app", "scratch.ext4")));
    }

    [Fact]
    public void The_size_is_in_bytes()
    {
        dynamic made = Session.Single("New-HcsLayer app base -SizeBytes 16MB");
        Assert.Equal(16 << 20, new FileInfo(At("app", "scratch.ext4")).Length);
        Assert.InRange((long)made.Size, 16 << 20, 17 << 20);
    }

    [Theory]
    [InlineData("base")]
    [InlineData("./base")]
    [InlineData("sub/../base")]
    [InlineData("(Get-HcsLayer base)")]
    [InlineData("(Revive (Get-HcsLayer base))")]
    [InlineData("(Get-Item base)")]
    [InlineData("@(Get-HcsLayer base)")]
    public void A_parent_is_a_folder_or_a_layer(string parent) => Assert.Equal(
        [At("base")], Texts($"{Revive} (New-HcsLayer app -ParentLayer {parent}).Parents"));

    [Fact]
    public void The_parents_are_taken_as_given()
    {
        foreach (string name in new[] { "tools", "top" })
        {
            NewLayer(name);
        }

        Assert.Equal(
            [At("top"), At("tools"), At("base")],
            (IReadOnlyList<string>)Session.Single("New-HcsLayer app -ParentPath top, (Get-HcsLayer tools), base").Parents);
    }

    [Fact]
    public void The_path_is_taken_as_it_is_written()
    {
        NewLayer("web1");
        Directory.CreateDirectory(At("sub"));
        Assert.Equal(
            [At("web[1]"), At("web*"), At("sub", "app")],
            Texts(
                "New-HcsLayer web[1] base; 'web*' | New-HcsLayer -ParentLayer base; Set-Location sub;"
                    + " New-HcsLayer app ../base; Set-Location .."));
    }

    [Fact]
    public void An_empty_folder_becomes_the_scratch()
    {
        Directory.CreateDirectory(At("app"));
        Assert.Equal("Scratch", Session.Single("New-HcsLayer app base").Kind.ToString());
    }

    [Fact]
    public void One_bad_path_is_one_error_and_the_rest_are_made()
    {
        ScriptResult result = Session.Run("New-HcsLayer one, base, two -ParentLayer base");
        Assert.Equal(2, result.Output.Count);
        ErrorRecord error = result.RequireError("HcsLayerAlreadyExists", ErrorCategory.ResourceExists);
        Assert.Equal(At("base"), error.TargetObject);
        Assert.StartsWith($"Cannot create layer '{At("base")}': '", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("Name a new folder", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.True(IsScratch("one") && IsScratch("two"));
        Assert.False(IsScratch("base"));
    }

    [Fact]
    public void WhatIf_makes_nothing()
    {
        Assert.Empty(Session.Get("New-HcsLayer app base -WhatIf"));
        Assert.False(Directory.Exists(At("app")));
        Session.Run("New-HcsLayer app base -Confirm").RequireError(
            "HcsConfirmationRequired", ErrorCategory.OperationStopped);
        Assert.False(Directory.Exists(At("app")));
    }

    [Theory]
    [InlineData("nowhere", "HcsLayerParentMissing", ErrorCategory.ObjectNotFound)]
    [InlineData("empty", "HcsNotALayer", ErrorCategory.InvalidType)]
    [InlineData("scratch", "HcsNotALayer", ErrorCategory.InvalidType)]
    [InlineData("base, base", "HcsLayerChainLoop", ErrorCategory.InvalidData)]
    [InlineData("app", "HcsLayerChainLoop", ErrorCategory.InvalidData)]
    public void A_bad_parent_is_refused_and_nothing_is_made(string parent, string id, ErrorCategory category)
    {
        Directory.CreateDirectory(At("empty"));
        Session.Get("$null = New-HcsLayer scratch base");
        ErrorRecord error = RequireRefusal($"New-HcsLayer app {parent}", id, category, At("app"));
        Assert.NotEmpty(error.ErrorDetails.RecommendedAction);
        Assert.False(Directory.Exists(At("app")));
    }

    [Fact]
    public void A_path_of_another_provider_is_refused()
    {
        RequireRefusal("New-HcsLayer Env:app base", "HcsLayerNotFound", ErrorCategory.ObjectNotFound, "Env:app");
        RequireRefusal("New-HcsLayer app Env:base", "HcsLayerNotFound", ErrorCategory.ObjectNotFound, "app");
        RequireRefusal("New-HcsLayer app nodrive:base", "HcsLayerNotFound", ErrorCategory.ObjectNotFound, "app");
    }

    [Fact]
    public void The_folder_of_another_program_is_left_alone()
    {
        string volume = Session.Single("$null = New-HcsLayer app base; Mount-HcsLayer app").VolumePath;
        string inside = Path.Combine(volume, "new");
        ErrorRecord error = RequireRefusal(
            "New-HcsLayer $p base", "HcsLayerForeign", ErrorCategory.PermissionDenied, inside, ("p", inside));
        Assert.Contains("docker rmi", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.False(Directory.Exists(inside));
    }

    [Fact]
    public void A_job_has_a_child_for_each_layer_and_one_fails_alone()
    {
        var job = (Job)Session.Single(
            "$job = New-HcsLayer one, base, two -ParentLayer base -AsJob; $null = Wait-Job $job; $job");
        Assert.Equal(JobState.Failed, job.JobStateInfo.State);
        Assert.Equal([At("one"), At("base"), At("two")], job.ChildJobs.Select(child => child.Name));
        Assert.Equal(
            [JobState.Completed, JobState.Failed, JobState.Completed],
            job.ChildJobs.Select(child => child.JobStateInfo.State));
        Session.Run("$made = Receive-Job $job").RequireError("HcsLayerAlreadyExists", ErrorCategory.ResourceExists);
        Assert.Equal(
            [At("one"), At("two")], Session.Get("$made.Path | Sort-Object").Select(path => (string)path.BaseObject));
    }
}
