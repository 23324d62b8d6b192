"""The mutants of a module: small faults, each made in one function or constant, and put into the loaded module.

1. `mutants_of` lists every fault that one of the operators of the field makes in the functions of a file and in its
   constants: another comparison, `and` for `or`, a condition negated or never true, other arithmetic, another
   constant, no value returned, a statement left out, another default. Docstrings, annotations and messages with
   values in them are left alone, and so is what a class says outside its methods.
2. `Patcher` puts a fault in place. It gives the functions that are loaded the code of the changed source, so that
   nothing is imported anew: wrapped in a cache or a property, they are the same functions.
3. `Patcher.watch` puts a probe into every block of statements instead: which tests come by, and where.
"""

import ast
import functools
import gc
import itertools
import sys
import types
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_COMPARED = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip
_COMPUTED = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult, ast.Pow: ast.Mult, ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd,
}  # fmt: skip
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_LEFT_OUT = (ast.AugAssign, ast.Raise, ast.Break, ast.Continue, ast.Delete)
_BLOCKS = ("body", "orelse", "finalbody")
_BRANCHES = ("handlers", "cases")
_TYPES = ("annotation", "returns", "decorator_list")
_PROBE = "_mutation_probe"

Code = dict[tuple[str, int], types.CodeType]  # by qualified name and first line


@dataclass(frozen=True)
class Mutant:
    """One fault: the file, the function ("" for a constant of the module), the node in the order of `ast.walk`.

    variant tells the faults of one node apart, block is the line where its block of statements begins; line, operator
    and change are for people.
    """

    path: Path
    function: str
    node: int
    variant: int
    block: int
    line: int
    operator: str
    change: str

    @property
    def key(self) -> str:
        """What names the mutant as long as the file stays as it is."""
        return f"{self.path.name}:{self.node}:{self.variant}"


@dataclass(frozen=True)
class _Fault:
    """A way to change a node: what it does, in words, and the change itself, made in place."""

    operator: str
    change: str
    make: Callable[[], None]


def mutants_of(path: Path) -> list[Mutant]:
    """All mutants of a file, in the order of its lines."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    numbers = {id(node): number for number, node in enumerate(ast.walk(tree))}
    found = []
    for function, block, node in _places(tree):
        for variant, fault in enumerate(_faults(node, constants_only=not function)):
            line = getattr(node, "lineno", block)
            found.append(Mutant(path, function, numbers[id(node)], variant, block, line, fault.operator, fault.change))
    return sorted(found, key=lambda mutant: (mutant.line, mutant.node, mutant.variant))


def _places(tree: ast.Module) -> Iterator[tuple[str, int, ast.AST]]:
    """(function, block, node) for each node that may be changed: in functions, and in constants of the module."""
    for statement in tree.body:
        if isinstance(statement, ast.Assign | ast.AnnAssign) and statement.value and _is_constant(statement):
            yield from (("", statement.lineno, node) for node in _inside(statement.value))
    for name, function in _outer_functions(tree):
        yield name, function.body[0].lineno, function.args
        yield from _in_block(name, function.body)


def _is_constant(statement: ast.Assign | ast.AnnAssign) -> bool:
    """Whether a name of the module is written as one of a constant; those of types are in CapWords."""
    target = statement.target if isinstance(statement, ast.AnnAssign) else statement.targets[0]
    return isinstance(target, ast.Name) and target.id.isupper()


def _outer_functions(tree: ast.Module) -> Iterator[tuple[str, Any]]:
    """The functions of a module and the methods of its classes, by qualified name."""
    for statement in tree.body:
        if isinstance(statement, _FUNCTIONS):
            yield statement.name, statement
        elif isinstance(statement, ast.ClassDef):
            yield from (
                (f"{statement.name}.{each.name}", each) for each in statement.body if isinstance(each, _FUNCTIONS)
            )


def _in_block(function: str, block: Sequence[ast.stmt]) -> Iterator[tuple[str, int, ast.AST]]:
    """The nodes of a block of statements and of the blocks in it."""
    for statement in block:
        if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
            continue  # a docstring
        yield function, block[0].lineno, statement
        for part in _parts_of(statement):
            yield from ((function, block[0].lineno, node) for node in _inside(part))
        for inner in _blocks_of(statement):
            yield from _in_block(function, inner)


def _blocks_of(statement: ast.stmt) -> list[list[ast.stmt]]:
    """The blocks of statements in a statement."""
    blocks = [getattr(statement, name, None) for name in _BLOCKS]
    blocks += [each.body for name in _BRANCHES for each in getattr(statement, name, ())]
    return [block for block in blocks if block]


def _parts_of(statement: ast.stmt) -> Iterator[ast.AST]:
    """What a statement is made of beside its blocks."""
    for name, value in ast.iter_fields(statement):
        if name not in (*_BLOCKS, *_BRANCHES, *_TYPES):
            yield from (node for node in (value if isinstance(value, list) else [value]) if isinstance(node, ast.AST))


def _inside(node: ast.AST) -> Iterator[ast.AST]:
    """A node and all in it, but for the fixed words of a text with values in it."""
    yield node
    for name, value in ast.iter_fields(node):
        for child in value if isinstance(value, list) else [value]:
            is_wording = isinstance(node, ast.JoinedStr) and isinstance(child, ast.Constant)
            if isinstance(child, ast.AST) and not is_wording and name not in (*_TYPES, "format_spec"):
                yield from _inside(child)


def _faults(node: ast.AST, *, constants_only: bool = False) -> list[_Fault]:  # noqa: C901 (one branch an operator)
    """The faults that the operators make in a node."""
    faults: list[_Fault] = []

    def add(operator: str, change: str, field: str, value: Any) -> None:
        faults.append(_Fault(operator, change, lambda: setattr(node, field, value)))

    if isinstance(node, ast.Constant):
        for other in _other_constants(node.value):
            add("constant", f"{node.value!r} -> {other!r}", "value", other)
    elif isinstance(node, ast.BinOp) and type(node.op) in _COMPUTED:
        other = _COMPUTED[type(node.op)]
        add("arithmetic", f"{ast.unparse(node)}: {other.__name__}", "op", other())
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        add("arithmetic", f"{ast.unparse(node)} without minus", "op", ast.UAdd())
    if constants_only:
        return faults
    if isinstance(node, ast.Compare):
        for i, op in enumerate(node.ops):
            other = _COMPARED[type(op)]
            ops = [*node.ops[:i], other(), *node.ops[i + 1 :]]
            add("comparison", f"{ast.unparse(node)}: {other.__name__}", "ops", ops)
    elif isinstance(node, ast.BoolOp):
        other = ast.Or if isinstance(node.op, ast.And) else ast.And
        add("boolean", f"{ast.unparse(node)}: {other.__name__}", "op", other())
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        add("boolean", f"{ast.unparse(node)} without not", "left_out", True)
    elif isinstance(node, ast.If | ast.While | ast.IfExp):
        add("condition", f"not ({ast.unparse(node.test)})", "test", _negated(node.test))
        add("condition", f"never ({ast.unparse(node.test)})", "test", ast.Constant(False))
    elif isinstance(node, ast.comprehension):
        for i, test in enumerate(node.ifs):
            add("condition", f"not ({ast.unparse(test)})", "ifs", [*node.ifs[:i], _negated(test), *node.ifs[i + 1 :]])
    elif isinstance(node, ast.Return) and node.value and not _is_none_or_truth(node.value):
        add("return", f"{ast.unparse(node)}: None", "value", ast.Constant(None))
    elif isinstance(node, ast.AugAssign) and type(node.op) in _COMPUTED:
        other = _COMPUTED[type(node.op)]
        add("arithmetic", f"{ast.unparse(node)}: {other.__name__}", "op", other())
    elif isinstance(node, ast.arguments):
        faults += _other_defaults(node)
    if isinstance(node, _LEFT_OUT) or (
        isinstance(node, ast.Expr) and not isinstance(node.value, ast.Yield | ast.YieldFrom)
    ):
        add("statement", f"without {ast.unparse(node)}", "left_out", True)
    return faults


class _LeaveOut(ast.NodeTransformer):
    """Takes out the statements, and the `not`s, that a fault marked as left out."""

    def visit(self, node: ast.AST) -> ast.AST:
        """A node without what is left out."""
        node = self.generic_visit(node)
        if not getattr(node, "left_out", False):
            return node
        return node.operand if isinstance(node, ast.UnaryOp) else ast.copy_location(ast.Pass(), node)


def _other_constants(value: object) -> list[object]:
    if isinstance(value, bool):
        return [not value]
    if isinstance(value, int | float):
        return [value + 1]
    return [f"XX{value}XX"] if isinstance(value, str) else []


def _other_defaults(arguments: ast.arguments) -> list[_Fault]:
    """Another value for each constant default; `Patcher` hands it to the loaded function."""
    defaults = [each for each in (*arguments.defaults, *arguments.kw_defaults) if isinstance(each, ast.Constant)]
    return [
        _Fault("default", f"{default.value!r} -> {other!r}", lambda d=default, o=other: setattr(d, "value", o))  # type: ignore[misc]
        for default in defaults
        for other in _other_constants(default.value)
    ]


def _negated(test: ast.expr) -> ast.expr:
    return ast.UnaryOp(ast.Not(), test)


def _is_none_or_truth(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and (node.value is None or isinstance(node.value, bool))


class Patcher:
    """Changes the code of the loaded functions of some files, for good: to be used in a forked process."""

    def __init__(self, modules: Mapping[Path, types.ModuleType]) -> None:
        self._modules = modules
        names = {str(path) for path in modules}
        self._functions: dict[tuple[str, str, int], list[types.FunctionType]] = {}
        self._caches: list[Any] = []
        for each in gc.get_objects():
            if isinstance(each, types.FunctionType) and each.__code__.co_filename in names:
                code = each.__code__
                key = code.co_filename, code.co_qualname, code.co_firstlineno
                self._functions.setdefault(key, []).append(each)
            elif isinstance(each, functools._lru_cache_wrapper):
                code = getattr(each.__wrapped__, "__code__", None)  # none of a partial
                if code and code.co_filename in names:
                    self._caches.append(each)

    def forget(self) -> None:
        """Empty the caches of the functions of these files."""
        for cache in self._caches:
            cache.cache_clear()

    def apply(self, mutant: Mutant) -> None:
        """Put a mutant in place."""
        tree = ast.parse(mutant.path.read_text(encoding="utf-8"))
        node = next(node for number, node in enumerate(ast.walk(tree)) if number == mutant.node)
        _faults(node, constants_only=not mutant.function)[mutant.variant].make()
        _LeaveOut().visit(tree)
        changed = ast.fix_missing_locations(tree)
        if mutant.function:
            self._put(mutant.path, changed, only=mutant.function, defaults=isinstance(node, ast.arguments))
        else:
            self._put_constants(mutant.path, changed)
        self.forget()

    def watch(self, probe: Callable[[tuple[str, int]], None]) -> None:
        """Have every block of statements call the probe with its (path, line)."""
        for function in itertools.chain.from_iterable(self._functions.values()):
            function.__globals__[_PROBE] = probe
        for path in self._modules:
            tree = ast.parse(path.read_text(encoding="utf-8"))
            for _, function in _outer_functions(tree):
                _add_probes(path, function)
            self._put(path, ast.fix_missing_locations(tree))
        self.forget()

    def _put(self, path: Path, tree: ast.Module, *, only: str = "", defaults: bool = False) -> None:
        outer = dict(_outer_functions(tree))
        for (name, line), code in _codes(compile(tree, str(path), "exec")).items():
            if name in outer and only in ("", name):
                for function in self._functions.get((str(path), name, line), ()):
                    function.__code__ = code
                    if defaults:
                        _put_defaults(function, outer[name].args)

    def _put_constants(self, path: Path, tree: ast.Module) -> None:
        """Give the constants that come out otherwise their new value, also where other modules hold them."""
        module = self._modules[path]
        scratch = types.ModuleType(module.__name__)
        scratch.__dict__.update(__file__=module.__file__, __package__=module.__package__)
        names = {name for name in vars(module) if name.isupper()}
        sys.modules[module.__name__] = scratch
        try:
            exec(compile(tree, str(path), "exec"), scratch.__dict__)  # noqa: S102 (the project's own source)
        finally:
            sys.modules[module.__name__] = module
        spaces = [vars(each) for each in sys.modules.values() if isinstance(each, types.ModuleType)]
        # pytest loads a module with doctests once more: then it has a second namespace, with constants of its own.
        own = [each[0].__globals__ for (file, _, _), each in self._functions.items() if file == str(path)]
        own += [each[-1].__globals__ for (file, _, _), each in self._functions.items() if file == str(path)]
        for name in names:
            new = vars(scratch).get(name)
            for old in [known for known in (space.get(name) for space in (vars(module), *own)) if known != new]:
                for space in spaces + own:
                    if space.get(name) is old:
                        space[name] = new


def _codes(code: types.CodeType) -> Code:
    """The code of every function in a module, nested ones too."""
    found: Code = {}
    for inner in code.co_consts:
        if isinstance(inner, types.CodeType):
            found[inner.co_qualname, inner.co_firstlineno] = inner
            found |= _codes(inner)
    return found


def _put_defaults(function: types.FunctionType, arguments: ast.arguments) -> None:
    old = function.__defaults__ or ()
    function.__defaults__ = tuple(
        node.value if isinstance(node, ast.Constant) else known
        for node, known in zip(arguments.defaults, old, strict=True)
    )
    named = dict(function.__kwdefaults__ or {})
    for argument, node in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True):
        if isinstance(node, ast.Constant):
            named[argument.arg] = node.value
    function.__kwdefaults__ = named


def _add_probes(path: Path, node: ast.AST) -> None:
    """Begin every block of a function with a call of the probe."""
    for child in ast.walk(node):
        for name in _BLOCKS:
            block = getattr(child, name, None)
            if isinstance(block, list) and block and isinstance(block[0], ast.stmt):
                place = ast.Tuple([ast.Constant(str(path)), ast.Constant(block[0].lineno)], ast.Load())
                call = ast.Expr(ast.Call(ast.Name(_PROBE, ast.Load()), [place], []))
                block.insert(0, ast.copy_location(call, block[0]))
