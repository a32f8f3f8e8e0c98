using Markdig;
using Markdig.Renderers;
using Markdig.Syntax;

namespace CmEtl.Help;

/// <summary>
/// A page of docs/help: the name as title, the synopsis, then the sections Description, Examples, Inputs, Outputs, Notes, Errors and
/// See also.
/// </summary>
/// <param name="Synopsis">What it does, in one sentence.</param>
/// <param name="Sections">Paragraphs and list items of each section but Examples.</param>
/// <param name="Examples">The examples.</param>
internal sealed record HelpPage(string Synopsis, IReadOnlyDictionary<string, List<string>> Sections, IReadOnlyList<HelpExample> Examples)
{
    private static readonly string[] Texts = ["Description", "Notes"];
    private static readonly string[] Lists = ["Inputs", "Outputs", "Errors", "See also"];

    /// <summary>Reads a page; one that is not there is empty.</summary>
    /// <exception cref="InvalidDataException">It is not of the form above.</exception>
    public static HelpPage Read(string path, string command)
    {
        var sections = Texts.Concat(Lists).ToDictionary(n => n, _ => new List<string>());
        var examples = new List<HelpExample>();
        var synopsis = new List<string>();
        var lines = synopsis;
        foreach (var block in File.Exists(path) ? Markdown.Parse(File.ReadAllText(path)) : [])
        {
            switch (block)
            {
                case HeadingBlock { Level: 1 } title when Text(title) == command:
                    break;
                case HeadingBlock { Level: 2 } heading when Text(heading) == "Examples":
                    lines = null;
                    break;
                case HeadingBlock { Level: 2 } heading when sections.TryGetValue(Text(heading), out var section):
                    lines = section;
                    break;
                case HeadingBlock { Level: 3 } heading when lines is null || examples.Count > 0 && lines == examples[^1].Remarks:
                    examples.Add(new HelpExample(Text(heading), [], []));
                    lines = examples[^1].Remarks;
                    break;
                case FencedCodeBlock code when examples.Count > 0 && lines == examples[^1].Remarks:
                    examples[^1].Code.Add(code.Lines.ToString());
                    break;
                case ParagraphBlock when lines is not null:
                    lines.Add(Text(block));
                    break;
                case ListBlock list when lines is not null:
                    var bullet = Array.Exists(Lists, l => sections[l] == lines) ? "" : "- ";
                    lines.AddRange(list.Select(i => bullet + Text(i)));
                    break;
                case HtmlBlock { Type: HtmlBlockType.Comment }:
                    break;
                default:
                    throw new InvalidDataException($"{path}({block.Line + 1}): error HELP: {block.GetType().Name} '{Text(block)}' has no place here.");
            }
        }

        return new HelpPage(string.Join(' ', synopsis), sections, examples);
    }

    private static string Text(Block block)
    {
        using var text = new StringWriter();
        new HtmlRenderer(text) { EnableHtmlForBlock = false, EnableHtmlForInline = false, EnableHtmlEscape = false }.Render(block);
        return string.Join(' ', text.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }
}
