using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text;
using HcsPowerShell.Mutants;

// dotnet run --project tests/mutants [-- [--list] [--no-baseline] [--copy FOLDER] [NAME...]]
// NAME is the name of an entry, or the beginning of the names of several.
string root = typeof(Mutant).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
    .Single(a => a.Key == "RepositoryRoot").Value!;
List<string> names = [.. args];
bool isList = names.Remove("--list");
bool hasBaseline = !names.Remove("--no-baseline");
int copyAt = names.IndexOf("--copy");
string folder = copyAt >= 0
    ? Path.GetFullPath(names[copyAt + 1])
    : Path.Combine(Path.GetTempPath(), "hcspowershell-mutants", Path.GetFileName(root.TrimEnd(Path.DirectorySeparatorChar)));
if (copyAt >= 0)
{
    names.RemoveRange(copyAt, 2);
}

Mutant[] chosen = [.. Mutant.All(root).Where(m => names.Count == 0 || names.Any(n => m.Name.StartsWith(n, StringComparison.Ordinal)))];
if (isList)
{
    foreach (Mutant mutant in chosen)
    {
        Console.WriteLine($"{mutant.Name}: {mutant.Notice}{(mutant.Alive is null ? string.Empty : $" (alive: {mutant.Alive})")}");
    }

    return 0;
}

if (chosen.Length == 0)
{
    Console.Error.WriteLine("No entry is called so. --list shows them.");
    return 2;
}

var copy = new WorkingCopy(root, folder);
copy.Update();
int wrong = 0;

// Tests that fail without a change would count every mutant as killed.
IEnumerable<IGrouping<string, Mutant>> projects = chosen.GroupBy(m => m.Project);
foreach (IGrouping<string, Mutant> project in hasBaseline ? projects : [])
{
    string[] filters = [.. project.SelectMany(m => m.Tests.Chunk(2)).Select(pair => string.Join(' ', pair)).Distinct()
        .SelectMany(pair => pair.Split(' '))];
    (Outcome outcome, string[] lines) = TestRun.Of(folder, project.Key, filters);
    Report(outcome == Outcome.Passes, $"{project.Key} without a change: {outcome}", lines);
}

if (wrong > 0)
{
    return 1;
}

foreach (Mutant mutant in projects.SelectMany(p => p))
{
    string source = copy.Read(mutant.File);
    Outcome outcome;
    string[] lines;
    try
    {
        copy.Write(mutant.File, Encoding.UTF8.GetBytes(mutant.Apply(source)));
        (outcome, lines) = TestRun.Of(folder, mutant.Project, mutant.Tests);
    }
    finally
    {
        copy.Write(mutant.File, Encoding.UTF8.GetBytes(source));
    }

    // A run that had to be killed has not found the mutant in its own time.
    string verdict = outcome switch
    {
        Outcome.Fails or Outcome.Ends => "killed",
        Outcome.Passes => "survived",
        _ => outcome.ToString(),
    };
    Report(verdict == (mutant.Alive is null ? "killed" : "survived"), $"{verdict,-8} {mutant.Name}: {mutant.Notice}", lines);
}

Console.WriteLine(wrong == 0 ? $"{chosen.Length} as they should be" : $"{wrong} of {chosen.Length} not as they should be");
return wrong == 0 ? 0 : 1;

void Report(bool isRight, string line, string[] details)
{
    wrong += isRight ? 0 : 1;
    Console.WriteLine((isRight ? string.Empty : "WRONG ") + line);
    foreach (string detail in details)
    {
        Console.WriteLine("    " + detail);
    }
}
