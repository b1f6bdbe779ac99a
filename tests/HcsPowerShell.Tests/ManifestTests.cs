using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests;

/// <summary>Tests that the name of a command is its path: manifest, classes, files and verbs agree.</summary>
public sealed class ManifestTests : IDisposable
{
    private readonly Session _session = Session.WithoutHost();

    public void Dispose() => _session.Dispose();

    [Fact]
    public void Manifest_and_cmdlet_classes_name_the_same_commands()
    {
        Assert.Equal(Exported("CmdletsToExport"), CmdletTypes().Select(NameOf).Order());
    }

    [Fact]
    public void Every_command_is_a_sealed_class_in_the_file_of_its_name()
    {
        string folder = Path.Combine(StagedModule.RepositoryRoot, "src", "HcsPowerShell", "Commands");
        string[] files = [.. Directory.GetFiles(folder, "*.cs").Select(f => Path.GetFileNameWithoutExtension(f)!).Order()];
        Assert.Equal(files, CmdletTypes().Select(t => t.Name).Order());
        Assert.All(CmdletTypes(), type =>
        {
            Assert.True(type.IsSealed, type.Name + " is not sealed");
            Assert.Equal(NameOf(type).Replace("-", string.Empty, StringComparison.Ordinal) + "Command", type.Name);
            Assert.Equal("HcsPowerShell.Commands", type.Namespace);
        });
    }

    [Fact]
    public void Every_verb_is_approved()
    {
        HashSet<string> approved = [.. new[]
        {
            typeof(VerbsCommon), typeof(VerbsCommunications), typeof(VerbsData), typeof(VerbsDiagnostic),
            typeof(VerbsLifecycle), typeof(VerbsOther), typeof(VerbsSecurity),
        }.SelectMany(t => t.GetFields()).Select(f => (string)f.GetValue(null)!)];
        Assert.All(CmdletTypes(), type => Assert.Contains(NameOf(type).Split('-')[0], approved));
    }

    [Fact]
    public void Every_command_declares_its_output_and_its_default_parameter_set()
    {
        Assert.All(CmdletTypes(), type =>
            Assert.NotEmpty(type.GetCustomAttributes(typeof(OutputTypeAttribute), inherit: false)));
    }

    [Fact]
    public void What_changes_something_supports_WhatIf()
    {
        string[] reading = ["ConvertFrom", "ConvertTo", "Get", "Import", "Receive", "Show", "Test", "Wait", "Watch"];
        Assert.All(CmdletTypes().Where(t => !reading.Contains(NameOf(t).Split('-')[0])), type =>
            Assert.True(Attribute(type).SupportsShouldProcess, NameOf(type)));
    }

    [Fact]
    public void Exported_aliases_exist()
    {
        Assert.Equal(
            Exported("AliasesToExport"),
            _session.Get("(Get-Command -CommandType Alias -Module HcsPowerShell).Name")
                .Select(n => (string)n.BaseObject).Order());
    }

    [Fact]
    public void The_clone_imports_from_its_root()
    {
        string manifest = Path.Combine(StagedModule.RepositoryRoot, "HcsPowerShell.psd1");
        dynamic module = _session.Single("Remove-Module HcsPowerShell; Import-Module $manifest -PassThru",
            ("manifest", manifest));
        Assert.Equal(StagedModule.RepositoryRoot.TrimEnd('/', '\\'), ((string)module.ModuleBase).TrimEnd('/', '\\'));
    }

    [Fact]
    public void There_is_one_way_from_failures_to_errors() =>
        Assert.Single(
            CmdletTypes()[0].Assembly.GetTypes(),
            type => type.GetMethod(
                "Guard", BindingFlags.DeclaredOnly | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic) is not null);

    private IEnumerable<string> Exported(string key) =>
        _session.Get(
            "(& ([scriptblock]::Create([IO.File]::ReadAllText($manifest)))).$key",
            ("manifest", StagedModule.Manifest),
            ("key", key)).Select(name => (string)name.BaseObject).Order();

    private IReadOnlyList<Type> CmdletTypes() =>
    [
        .. _session.Get("(Get-Command -Module HcsPowerShell -CommandType Cmdlet)[0].ImplementingType.Assembly")
            .Select(a => (Assembly)a.BaseObject)
            .SelectMany(a => a.GetExportedTypes())
            .Where(t => t.GetCustomAttributes(typeof(CmdletAttribute), inherit: false).Length > 0),
    ];

    private static CmdletAttribute Attribute(Type type) =>
        (CmdletAttribute)type.GetCustomAttributes(typeof(CmdletAttribute), inherit: false).Single();

    private static string NameOf(Type type) => $"{Attribute(type).VerbName}-{Attribute(type).NounName}";
}
