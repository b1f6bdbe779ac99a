using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using System.Xml.Linq;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Views;

/// <summary>
/// Tests that every object that a command writes has a table, a list and a wide view, both live and deserialized.
/// </summary>
public sealed class ViewTests(Session session) : IClassFixture<Session>
{
    private const string Twin = "Deserialized.";

    private static readonly IReadOnlyList<XElement> s_views =
    [
        .. Directory.EnumerateFiles(StagedModule.Folder, "*.Format.ps1xml")
            .SelectMany(path => XDocument.Load(path).Descendants("View")),
    ];

    private static readonly IReadOnlyList<XElement> s_types =
    [
        .. XDocument.Load(Path.Combine(StagedModule.Folder, "HcsPowerShell.Types.ps1xml")).Root!.Elements("Type"),
    ];

    /// <summary>The abstract base of the documents has no view: the default list shows every member.</summary>
    [Theory]
    [InlineData("TableControl")]
    [InlineData("ListControl")]
    [InlineData("WideControl")]
    public void Every_output_type_and_its_deserialized_twin_has_one(string control)
    {
        string[] shown = [.. s_views.Where(v => v.Element(control) is not null && v.Element("Name")!.Value != "Wide").SelectMany(Selected)];
        Assert.Equal(shown.Length, shown.Distinct().Count());
        Assert.Superset(OutputTypes().SelectMany(type => new[] { type.FullName!, Twin + type.FullName }).ToHashSet(), shown.ToHashSet());
    }

    [Fact]
    public void Every_view_selects_a_type_that_exists_and_its_twin() => Assert.All(s_views, view =>
    {
        string[] selected = [.. Selected(view)];
        Assert.NotNull(Find(selected[0]));
        Assert.Equal([selected[0], Twin + selected[0]], selected);
    });

    [Fact]
    public void Every_table_of_what_is_on_a_computer_has_a_twin_that_tells_the_computer() => Assert.Equal(
        OutputTypes().Where(IsOnComputer).Select(type => type.FullName + ViewValueTests.OnComputers).Order(),
        s_views.Where(view => view.Element("TableControl") is not null).Select(view => Selected(view).First())
            .Where(name => name.EndsWith(ViewValueTests.OnComputers, StringComparison.Ordinal)).Order());

    [Fact]
    public void A_list_shows_every_property() => Assert.Empty(
        from view in s_views
        where view.Element("ListControl") is not null
        let type = Selected(view).First()
        from property in Find(type)!.GetProperties()
        where view.Descendants("ListItem").All(item => item.Element("PropertyName")!.Value != property.Name)
        select $"{type}.{property.Name}");

    [Fact]
    public void Every_view_names_properties_that_exist() => Assert.Empty(
        from view in s_views
        let type = Selected(view).First().Replace(ViewValueTests.OnComputers, string.Empty)
        from name in view.Descendants("PropertyName").Select(p => p.Value)
        where Find(type)!.GetProperty(name) is null && !Extensions(type).Contains(name)
        select $"{type}.{name}");

    [Fact]
    public void Every_view_file_is_in_the_manifest() => Assert.Equal(
        Directory.EnumerateFiles(StagedModule.Folder, "*.Format.ps1xml").Select(path => Path.GetFileName(path)!).Order(),
        session.Get(
            "(& ([scriptblock]::Create([IO.File]::ReadAllText($m)))).FormatsToProcess", ("m", StagedModule.Manifest))
            .Select(name => (string)name.BaseObject).Order());

    [Fact]
    public void Default_and_key_properties_exist_and_are_the_same_for_the_twin()
    {
        string[] types = [.. s_types.Select(t => t.Element("Name")!.Value)];
        Assert.All(OutputTypes().Where(t => !IsDocument(t)), type =>
        {
            string[][] sets = [.. new[] { type.FullName!, Twin + type.FullName }.Select(name =>
            {
                Assert.Contains(name, types);
                return s_types.Single(t => t.Element("Name")!.Value == name)
                    .Descendants("ReferencedProperties").Elements("Name").Select(p => p.Value).ToArray();
            })];
            Assert.Equal(sets[0], sets[1]);
            Assert.Subset(type.GetProperties().Select(p => p.Name).ToHashSet(), sets[0].ToHashSet());
        });
    }

    private IEnumerable<Type> OutputTypes() =>
        session.Get("Get-Command -Module HcsPowerShell -CommandType Cmdlet | ForEach-Object ImplementingType")
            .Select(type => (Type)type.BaseObject)
            .SelectMany(type => type.GetCustomAttributes<OutputTypeAttribute>())
            .SelectMany(output => output.Type)
            .Select(type => type.Type)
            .Where(type => !type.IsAbstract && type.FullName!.StartsWith("HcsPowerShell.", StringComparison.Ordinal))
            .Distinct();

    private Type? Find(string name) => FindClass(name.Replace(ViewValueTests.OnComputers, string.Empty));

    private Type? FindClass(string name) => session.Get(
        "[System.AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { $_.GetName().Name -like 'HcsPowerShell*' }")
        .Select(assembly => ((Assembly)assembly.BaseObject).GetType(name)).FirstOrDefault(type => type is not null);

    /// <summary>The properties that the types file adds to a class.</summary>
    private static IEnumerable<string> Extensions(string type) =>
        from added in s_types
        where added.Element("Name")!.Value == type
        from member in added.Element("Members")!.Elements()
        where member.Name.LocalName is "CodeProperty" or "AliasProperty"
        select member.Element("Name")!.Value;

    private static bool IsOnComputer(Type type) => type.BaseType is { } parent && (parent.Name == "HcsOutput" || IsOnComputer(parent));

    private static bool IsDocument(Type type) => type.BaseType!.Name is "HcsDocument" or "CompositeDocument";

    // A table that tells the computer takes objects without the mark too, after one that has it.
    private static IEnumerable<string> Selected(XElement view) =>
        view.Descendants("ViewSelectedBy").Elements("TypeName").Take(2).Select(name => name.Value);
}
