using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Xml.Linq;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Views;

/// <summary>
/// Tests that every view looks as it did when it was last read by a person, at 80 and 120 columns: the files of
/// tests/data/screens.
/// </summary>
public sealed class ScreenTests(Session session) : SessionTests(session)
{
    private static readonly string s_folder = Path.Combine(StagedModule.RepositoryRoot, "tests", "data", "screens");

    public static TheoryData<string, int> Screens =>
    [
        .. from type in ViewValueTests.Types.Select(row => row.Data)
           where !type.StartsWith("Deserialized.", StringComparison.Ordinal)
           from width in new[] { 80, 120 }
           select (type, width),
    ];

    [Theory]
    [MemberData(nameof(Screens))]
    public void A_view_looks_as_it_did(string type, int width)
    {
        string screen = string.Concat(
            from view in ViewValueTests.Views(type)
            where width > 80 || view.Element("Name")!.Value != "Wide"
            let format = Format(view)
            select $"> {format}\n{string.Join('\n', Render(format, type, width)).Trim('\n')}\n\n");
        string file = Path.Combine(s_folder, $"{type.Split('.')[^1]}.{width}.txt");
        string made = Path.Combine(AppContext.BaseDirectory, Path.GetFileName(file));
        File.WriteAllText(made, screen);
        Assert.True(
            File.Exists(file) && File.ReadAllText(file).ReplaceLineEndings("\n") == screen,
            $"The view does not look as {file} says; read {made}, and copy it there if it is right.");
    }

    [Theory]
    [MemberData(nameof(Screens))]
    public void No_column_is_lost_and_no_line_is_longer_than_the_screen(string type, int width)
    {
        foreach (XElement view in ViewValueTests.Views(type))
        {
            // The wide table is for a wide screen.
            int columns = view.Element("Name")!.Value == "Wide" ? 120 : width;
            string[] lines = Render(Format(view), type, columns);
            Assert.All(lines, line => Assert.InRange(line.Length, 0, columns - 1));
            string header = lines.First(line => line.Length > 0);
            Assert.All(
                view.Descendants("TableColumnHeader").Select(column => column.Element("Label")!.Value),
                label => Assert.Contains(label, header, StringComparison.Ordinal));
        }
    }

    private static string Format(XElement view)
    {
        string format = view.Element("TableControl") is not null ? "Format-Table"
            : view.Element("ListControl") is not null ? "Format-List" : "Format-Wide";
        return view.Element("Name")!.Value == "Wide" ? format + " -View Wide" : format;
    }

    // The engine leaves the last column of a terminal empty.
    private string[] Render(string format, string type, int width) => ((string)Session.Single(
        $$"""
        [cultureinfo]::CurrentCulture = [cultureinfo]::InvariantCulture
        $all = foreach ($p in $given) {
            $o = [pscustomobject]$p
            $o.PSObject.TypeNames.Insert(0, $t -replace '#Computer$')
            if ($t -like '*#Computer') { $o.PSObject.TypeNames.Insert(0, $t) }
            $o
        }
        $all | {{format}} | Out-String -Width {{width - 1}}
        """,
        ("t", type),
        ("given", new[] { ViewValueTests.Given(type), Long(type) }))).Split('\n').Select(line => line.TrimEnd()).ToArray();

    /// <summary>The same object with the id of a GUID and long texts.</summary>
    private static Hashtable Long(string type)
    {
        Hashtable given = ViewValueTests.Given(type);
        foreach (string text in given.Keys.Cast<string>().Where(key => given[key] is string).ToArray())
        {
            given[text] = text is "Id" or "ContainerId" or "EndpointId"
                ? "0f8fad5b-d9cb-469f-a165-70867728950e"
                : (string)given[text]! + " and more of it, as long as nobody expects a text to be";
        }

        return given;
    }
}
