using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;
using System.Reflection;
using System.Xml.Linq;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Views;

/// <summary>
/// Tests that views show the same in the constrained language mode of application control. Properties and operators
/// work there, methods and .NET types mostly do not, and a view that fails leaves its column empty without an error.
/// </summary>
public sealed class ConstrainedTests(ConstrainedTests.Sessions sessions) : IClassFixture<ConstrainedTests.Sessions>
{
    private static readonly IReadOnlyList<XElement> s_files =
    [
        .. Directory.EnumerateFiles(StagedModule.Folder, "*.ps1xml").Select(path => XDocument.Load(path).Root!),
    ];

    public static TheoryData<string, string> Views =>
    [
        .. from view in s_files.Descendants("View")
           from type in view.Descendants("ViewSelectedBy").Elements("TypeName")
           from control in view.Elements().Where(e => e.Name.LocalName.EndsWith("Control", StringComparison.Ordinal))
           select (type.Value, "Format-" + control.Name.LocalName.Replace("Control", string.Empty, StringComparison.Ordinal)),
    ];

    [Theory]
    [MemberData(nameof(Views))]
    public void A_view_shows_the_same(string type, string format)
    {
        PSObject sample = sessions.Sample(type);
        string full = sessions.Render(PSLanguageMode.FullLanguage, format, sample);
        Assert.NotEmpty(full.Trim());
        Assert.Equal(full, sessions.Render(PSLanguageMode.ConstrainedLanguage, format, sample));
    }

    [Fact]
    public void What_commands_write_shows_the_same() => Assert.All(sessions.Live, live => Assert.All(
        (string[])["Format-Table", "Format-List", "Format-Wide"],
        format => Assert.Equal(
            sessions.Render(PSLanguageMode.FullLanguage, format, live),
            sessions.Render(PSLanguageMode.ConstrainedLanguage, format, live))));

    [Fact]
    public void No_script_of_a_view_or_a_type_calls_a_method_or_names_a_type()
    {
        string[] scripts =
        [
            .. s_files.Descendants()
                .Where(e => !e.HasElements && e.Name.LocalName.Contains("Script", StringComparison.Ordinal))
                .Select(e => e.Value),
        ];
        Assert.NotEmpty(scripts);
        Assert.All(scripts, script =>
        {
            ScriptBlockAst parsed = Parser.ParseInput(script, out _, out ParseError[] errors);
            Assert.Empty(errors);
            Assert.Empty(parsed.FindAll(
                ast => ast is InvokeMemberExpressionAst or TypeExpressionAst or TypeConstraintAst, searchNestedScriptBlocks: true)
                .Select(ast => ast.Extent.Text));
        });
    }

    [Fact]
    public void A_constrained_PowerShell_colors_the_state()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The processes of this test are those of Linux.");
        PwshResult run = Pwsh.Run("""
            $PSStyle.OutputRendering = 'Ansi'
            $ExecutionContext.SessionState.LanguageMode = 'ConstrainedLanguage'
            Import-Module HcsPowerShell
            Connect-HcsHost -Embedded -Isolation Process
            $web = New-HcsContainer web -Start
            $web | Format-Table
            $web | Suspend-HcsContainer
            Get-HcsContainer web | Format-Table
            """);
        Assert.Equal(string.Empty, run.Error);
        Assert.Equal(
            ["\e[32mRunning\e[0m", "\e[33mPaused\e[0m"],
            run.Output.Where(line => line.StartsWith("web ", StringComparison.Ordinal))
                .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[2]));
    }

    /// <summary>A runspace for each mode, both with the module, and a session that makes the objects to show.</summary>
    public sealed class Sessions : IDisposable
    {
        private readonly Dictionary<PSLanguageMode, Runspace> _runspaces = new[]
        {
            PSLanguageMode.FullLanguage, PSLanguageMode.ConstrainedLanguage,
        }.ToDictionary(mode => mode, Open);

        private readonly Session _session = new();

        /// <summary>Objects that commands have written.</summary>
        public IReadOnlyList<PSObject> Live => field ??= _session.Get("""
            $web = New-HcsContainer a-container-with-a-long-id -Start
            $web
            Get-HcsHost
            Start-HcsProcess $web 'sleep 1000'
            Get-HcsProcess $web
            Invoke-HcsProcess $web 'true' -PassThru
            Get-HcsStatistics $web
            Test-HcsConfiguration @{ Name = 'web'; ProcessorMaximum = -1 } -Detailed
            ConvertFrom-HcsJson '{"SystemType":"Container","Name":"web","Layers":[{"ID":"a","Path":"/b"}]}'
            ConvertFrom-HcsJson '{"SchemaVersion":{"Major":2,"Minor":1},"VirtualMachine":{}}'
            Stop-HcsContainer $web -Force
            Wait-HcsContainer $web
            """);

        /// <summary>Returns an object with a value in every property of the type.</summary>
        public PSObject Sample(string type)
        {
            var sample = new PSObject();
            sample.TypeNames.Insert(0, type);
            string name = type.Replace("Deserialized.", string.Empty, StringComparison.Ordinal)
                .Replace(ViewValueTests.OnComputers, string.Empty, StringComparison.Ordinal);
            Type found = _session.Get("[AppDomain]::CurrentDomain.GetAssemblies() | Where-Object Location -Like \"$folder*\"",
                ("folder", StagedModule.Folder))
                .Select(assembly => ((Assembly)assembly.BaseObject).GetType(name)).First(t => t is not null)!;
            foreach (PropertyInfo property in found.GetProperties())
            {
                sample.Properties.Add(new PSNoteProperty(property.Name, Value(property)));
            }

            return sample;
        }

        public string Render(PSLanguageMode mode, string format, PSObject shown)
        {
            using var limited = new LimitedShell(_runspaces[mode]);
            PowerShell shell = limited.Shell;
            shell.AddCommand(format).AddParameter("InputObject", shown).AddCommand("Out-String").AddParameter("Width", 200);
            PSDataCollection<PSObject> text = [];
            shell.InvokeWithin(text);
            Assert.Empty(shell.Streams.Error);
            return string.Concat(text);
        }

        public void Dispose()
        {
            foreach (Runspace runspace in _runspaces.Values)
            {
                runspace.Dispose();
            }

            _session.Dispose();
        }

        private static Runspace Open(PSLanguageMode mode)
        {
            InitialSessionState state = InitialSessionState.CreateDefault2();
            state.LanguageMode = mode;
            state.ImportPSModule([StagedModule.Manifest]);
            state.ThrowOnRunspaceOpenError = true;
            Runspace runspace = RunspaceFactory.CreateRunspace(state);
            runspace.Open();
            return runspace;
        }

        private static object Value(PropertyInfo property) => Nullable.GetUnderlyingType(property.PropertyType) switch
        {
            _ when property.Name == "State" => "Running",
            { } type => ValueOf(type),
            null => ValueOf(property.PropertyType),
        };

        private static object ValueOf(Type type) =>
            type == typeof(TimeSpan) ? new TimeSpan(1, 2, 3, 4, 5)
            : type == typeof(DateTime) ? new DateTime(2026, 11, 28, 1, 2, 3, DateTimeKind.Local)
            : type == typeof(DateTimeOffset) ? new DateTimeOffset(2026, 11, 28, 1, 2, 3, TimeSpan.Zero)
            : type == typeof(bool) ? true
            : type == typeof(Guid) ? new Guid("7c0e5b1e-6a0c-4d1d-9c55-0b6f3c1f5a52")
            : type.IsPrimitive ? Convert.ChangeType(123456789, type == typeof(byte) ? typeof(int) : type, null)
            : type == typeof(string) ? "a-text-of-many-characters"
            : type.IsArray || type.Name.Contains("List", StringComparison.Ordinal) ? new[] { "one", "two" }
            : PSObject.AsPSObject(new Version(2, 1));
    }
}
