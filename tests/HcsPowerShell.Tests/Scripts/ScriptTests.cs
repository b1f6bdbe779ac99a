using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation.Language;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Scripts;

/// <summary>Scripts that run only where Pester or PowerShell itself is installed are parsed here at least.</summary>
public sealed class ScriptTests
{
    public static TheoryData<string> Scripts =>
    [
        .. new[] { ".", "docs", "tests" }
            .SelectMany(folder => Directory.EnumerateFiles(
                Path.Combine(StagedModule.RepositoryRoot, folder),
                "*.ps*1",
                folder == "." ? SearchOption.TopDirectoryOnly : SearchOption.AllDirectories))
            .Where(path => !path.Contains(Path.DirectorySeparatorChar + "bin" + Path.DirectorySeparatorChar))
            .Select(path => Path.GetRelativePath(StagedModule.RepositoryRoot, path)),
    ];

    [Theory]
    [MemberData(nameof(Scripts))]
    public void Parses(string script)
    {
        Parser.ParseFile(Path.Combine(StagedModule.RepositoryRoot, script), out _, out ParseError[] errors);
        Assert.Empty(errors.Select(e => $"{e.Extent.StartLineNumber}: {e.Message}"));
    }
}
